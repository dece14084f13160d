package dev.magpie.scheduler;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Lincheck's stress runs, told apart from the tool's own stalls: where a run hangs while none of
 * its threads is in our code, it is repeated. A run that hangs inside our code fails.
 */
public final class StressRuns {

    private static final int ATTEMPTS = 3;

    private StressRuns() {}

    /**
     * Checks that a class is linearizable on real threads.
     *
     * @param options what to run; found failures are reported as they are, not made smaller
     * @param subject the class with the operations
     * @throws LincheckAssertionError if it is not
     */
    public static void check(StressOptions options, Class<?> subject) {
        StressOptions plain = options.minimizeFailedScenario(false);
        for (int attempt = 1; ; attempt++) {
            try {
                plain.check(subject);
                return;
            } catch (LincheckAssertionError failure) {
                if (attempt == ATTEMPTS || !isStallOfTheTool(failure)) {
                    throw failure;
                }
            }
        }
    }

    /** In the thread dump of a hung run, frames are lines that start with a tab. */
    private static boolean isStallOfTheTool(LincheckAssertionError failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("has hung") && !message.contains("\tdev.magpie.");
    }
}
