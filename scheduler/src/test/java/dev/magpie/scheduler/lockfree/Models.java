package dev.magpie.scheduler.lockfree;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** Bounds of the model checking of this package: a short form, and a long one. */
final class Models {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");

    private Models() {}

    static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(LONG ? 200 : 8)
                .invocationsPerIteration(LONG ? 10_000 : 500);
    }

    static StressOptions stress() {
        return new StressOptions()
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(4)
                .actorsAfter(2)
                .iterations(LONG ? 100 : 4)
                .invocationsPerIteration(LONG ? 20_000 : 400);
    }
}
