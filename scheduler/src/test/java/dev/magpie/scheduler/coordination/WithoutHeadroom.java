package dev.magpie.scheduler.coordination;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For models: the checker takes a descent of many frames for a recursion that does not end. */
final class WithoutHeadroom implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Headroom.isChecked = false;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Headroom.isChecked = true;
    }
}
