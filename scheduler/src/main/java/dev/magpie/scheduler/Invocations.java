package dev.magpie.scheduler;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Several lambdas at once: a loop whose elements are offered before the first of them runs. */
final class Invocations {

    private Invocations() {}

    @SuppressWarnings("unchecked") // the array holds what the callables returned
    static <T extends @Nullable Object> List<T> callAll(
            Loops loops, List<? extends Callable<? extends T>> callables) {
        @Nullable Object[] results = new Object[callables.size()];
        each(loops, results.length, i -> results[i] = callables.get(i).call());
        return (List<T>) Collections.unmodifiableList(Arrays.asList(results));
    }

    static void runAll(Loops loops, List<Runnable> runnables) {
        each(loops, runnables.size(), i -> runnables.get(i).run());
    }

    private interface Invocation {
        void run(int index) throws Exception;
    }

    private static void each(Loops loops, int count, Invocation invocation) {
        Loops.each(
                RangeCall.ofTasks(loops.scheduler(), count),
                0,
                count,
                (from, to) -> {
                    for (int i = (int) from; i < (int) to; i++) {
                        runOne(invocation, i);
                    }
                });
    }

    private static void runOne(Invocation invocation, int index) {
        try {
            invocation.run(index);
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex);
        }
    }
}
