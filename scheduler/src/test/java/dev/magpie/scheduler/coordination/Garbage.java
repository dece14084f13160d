package dev.magpie.scheduler.coordination;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What nobody is to hold any more. */
final class Garbage {

    private Garbage() {}

    /** Waits until the collector has found nearly all of what a supplier makes, some aside. */
    static void awaitAlmostNoneOf(int count, Supplier<?> maker) {
        List<WeakReference<Object>> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(new WeakReference<>(maker.get()));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            System.gc();
                            long kept =
                                    made.stream()
                                            .map(WeakReference::get)
                                            .filter(Objects::nonNull)
                                            .count();
                            return kept <= count / 10;
                        });
    }
}
