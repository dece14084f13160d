package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors that end threads elsewhere, thrown at every depth and by every callback of the user. */
@Timeout(120)
class HostileThrowablesTest {

    /** Small, since an overflow takes as long as the stack is deep. */
    private static final long STACK_SIZE = 512 << 10;

    /** What is thrown. */
    enum Hostile {
        STACK_OVERFLOW {
            @Override
            int raise(int depth) {
                return overflow(depth);
            }
        },
        OUT_OF_MEMORY {
            @Override
            int raise(int depth) {
                return new long[Integer.MAX_VALUE].length;
            }
        },
        THREAD_DEATH {
            @Override
            @SuppressWarnings("removal")
            int raise(int depth) {
                throw new ThreadDeath();
            }
        },
        UNCONSTRUCTIBLE {
            @Override
            int raise(int depth) {
                throw new Unconstructible(depth, "argument");
            }
        },
        CHECKED {
            @Override
            int raise(int depth) {
                throw Throwables.<RuntimeException>rethrow(new Exception("checked"));
            }
        },
        INTERRUPTED {
            @Override
            int raise(int depth) {
                Thread.currentThread().interrupt();
                throw Throwables.<RuntimeException>rethrow(new InterruptedException());
            }
        };

        abstract int raise(int depth);
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }

    /** No constructor that reflection would find, no writable trace, no suppression. */
    private static final class Unconstructible extends Error {
        private static final long serialVersionUID = 1L;

        Unconstructible(int first, String second) {
            super(first + second, null, false, false);
        }
    }

    private static final class Descent extends RecursiveTask<Integer> {
        private final int depth;
        private final Hostile hostile;
        private final boolean isLeft;

        Descent(int depth, Hostile hostile, boolean isLeft) {
            this.depth = depth;
            this.hostile = hostile;
            this.isLeft = isLeft;
        }

        @Override
        protected Integer compute() {
            if (depth == 0) {
                return hostile.raise(0);
            }
            Descent left = new Descent(depth - 1, hostile, isLeft);
            Descent right = new Descent(depth - 1, hostile, isLeft);
            left.fork();
            return isLeft ? left.join() + right.compute() : right.compute() + left.join();
        }
    }

    static Stream<Arguments> hostileAtDepth() {
        return Stream.of(Hostile.values())
                .flatMap(
                        hostile ->
                                IntStream.of(0, 1, 2, 5)
                                        .mapToObj(depth -> Arguments.of(hostile, depth)));
    }

    @ParameterizedTest
    @MethodSource("hostileAtDepth")
    void arrivesAtTheJoinAndTheWorkersGoOn(Hostile hostile, int depth) throws Exception {
        Throwable expected = catchThrowable(() -> hostile.raise(0));
        boolean unused = Thread.interrupted();
        for (int workers = 1; workers <= 2; workers++) {
            try (Scheduler scheduler = pool(workers)) {
                for (boolean isLeft : new boolean[] {false, true}) {
                    Task<Integer> task = scheduler.submit(new Descent(depth, hostile, isLeft));
                    assertThat(catchThrowable(() -> task.get(60, SECONDS)))
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOf(expected.getClass());
                    assertThat(catchThrowable(task::join)).isInstanceOf(expected.getClass());
                    assertSound(scheduler, workers);
                }
            }
        }
    }

    private static Scheduler pool(int workers) {
        return Scheduler.builder()
                .workers(workers)
                .stackSize(STACK_SIZE)
                .pinning(Pinning.NONE)
                .build();
    }

    /** All workers live and run, none with an interrupt left over. */
    private static void assertSound(Scheduler scheduler, int workers) throws Exception {
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(scheduler.submit(() -> Thread.currentThread().isInterrupted()));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get(60, SECONDS)).isFalse();
        }
        assertThat(scheduler.stats().threads()).isGreaterThanOrEqualTo(workers);
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void aHandlerThatThrowsDoesNotEndItsWorker(Hostile hostile) throws Exception {
        AtomicInteger handled = new AtomicInteger();
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(1)
                        .stackSize(STACK_SIZE)
                        .pinning(Pinning.NONE)
                        .uncaughtExceptionHandler(
                                (thread, ex) -> {
                                    handled.incrementAndGet();
                                    hostile.raise(0);
                                })
                        .build()) {
            for (int i = 0; i < 3; i++) {
                scheduler.execute(() -> hostile.raise(0));
            }
            assertSound(scheduler, 1);
            assertThat(handled).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void aDecoratorThatThrowsFailsItsTaskAlone(Hostile hostile) throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(1)
                        .stackSize(STACK_SIZE)
                        .pinning(Pinning.NONE)
                        .taskDecorator(
                                task ->
                                        () -> {
                                            task.run();
                                            hostile.raise(0);
                                        })
                        .build()) {
            for (int i = 0; i < 3; i++) {
                Future<Integer> failed = scheduler.submit(() -> 1);
                assertThat(catchThrowable(() -> failed.get(60, SECONDS)))
                        .isInstanceOf(ExecutionException.class);
            }
            Task<Integer> task = Task.adapt(() -> Thread.currentThread().isInterrupted() ? 1 : 0);
            assertThat(scheduler.submit(task).get(60, SECONDS)).isZero(); // not decorated
        }
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void aToStringOrACallbackThatThrowsDoesNoHarm(Hostile hostile) throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CompletableFuture<Integer> future =
                    CompletableFuture.supplyAsync(() -> hostile.raise(0), scheduler)
                            .whenCompleteAsync((value, ex) -> hostile.raise(0), scheduler);
            assertThat(catchThrowable(() -> future.get(60, SECONDS)))
                    .isInstanceOf(ExecutionException.class);
            assertSound(scheduler, 1);
            scheduler.shutdown();
            Runnable rude =
                    new Runnable() {
                        @Override
                        public void run() {}

                        @Override
                        public String toString() {
                            return String.valueOf(hostile.raise(0));
                        }
                    };
            assertThat(catchThrowable(() -> scheduler.execute(rude))).isNotNull();
            assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        }
        boolean unused = Thread.interrupted();
    }

    @Test
    void aTaskOverflowsItsStackWhileOthersStealFromIt() throws Exception {
        try (Scheduler scheduler = pool(3)) {
            for (int round = 0; round < 10; round++) {
                Task<Integer> task =
                        Task.adapt(
                                () -> {
                                    for (int i = 0; i < 50; i++) {
                                        Object unused = Task.adapt(() -> 1).fork();
                                    }
                                    return overflow(0);
                                });
                Future<Integer> submitted = scheduler.submit(task);
                assertThat(catchThrowable(() -> submitted.get(60, SECONDS)))
                        .hasCauseInstanceOf(StackOverflowError.class);
            }
            assertSound(scheduler, 3);
        }
    }
}
