package dev.magpie.benchmarks.chaselev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChaseLevPoolTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fibIsRight(int workers) {
        try (ChaseLevPool pool = new ChaseLevPool(workers)) {
            for (int i = 0; i < 10; i++) {
                assertThat(pool.invoke(new Fib(22))).isEqualTo(17_711);
            }
        }
    }

    @Test
    void aParkedPoolWakesForEverySubmission() {
        try (ChaseLevPool pool = new ChaseLevPool(2)) {
            for (int i = 0; i < 200; i++) {
                if (i % 20 == 0) {
                    awaitParked(pool);
                }
                assertThat(pool.invoke(new Fib(5))).isEqualTo(5);
            }
        }
    }

    @Test
    void submittersDoNotDisturbEachOther() throws Exception {
        ExecutorService submitters = Executors.newFixedThreadPool(3);
        try (ChaseLevPool pool = new ChaseLevPool(2)) {
            List<Future<Long>> answers =
                    List.of(
                            submitters.submit(() -> pool.invoke(new Fib(20))),
                            submitters.submit(() -> pool.invoke(new Fib(20))),
                            submitters.submit(() -> pool.invoke(new Fib(20))));
            for (Future<Long> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(6_765);
            }
        } finally {
            submitters.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatATaskThrowsArrivesAtTheSubmitter(int workers) {
        try (ChaseLevPool pool = new ChaseLevPool(workers)) {
            assertThatThrownBy(() -> pool.invoke(new Failing(10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the leaf");
            assertThat(pool.invoke(new Fib(10))).isEqualTo(55);
        }
    }

    @Test
    void closeEndsTheThreads() {
        ChaseLevPool pool = new ChaseLevPool(4);
        assertThat(pool.invoke(new Fib(15))).isEqualTo(610);
        awaitParked(pool);
        pool.close();
        assertThat(pool.workers()).noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> pool.invoke(new Fib(1))).isInstanceOf(IllegalStateException.class);
    }

    private static void awaitParked(ChaseLevPool pool) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () ->
                                java.util.Arrays.stream(pool.workers())
                                        .allMatch(
                                                worker ->
                                                        worker.getState() == Thread.State.WAITING));
    }

    private static final class Fib extends ChaseLevTask<Long> {

        private final int number;

        Fib(int number) {
            this.number = number;
        }

        @Override
        protected Long compute() {
            if (number < 2) {
                return (long) number;
            }
            Fib first = new Fib(number - 1);
            first.fork();
            return new Fib(number - 2).compute() + first.join();
        }
    }

    private static final class Failing extends ChaseLevTask<Long> {

        private final int depth;

        Failing(int depth) {
            this.depth = depth;
        }

        @Override
        protected Long compute() {
            if (depth == 0) {
                throw new IllegalStateException("the leaf");
            }
            Failing child = new Failing(depth - 1);
            child.fork();
            return child.join();
        }
    }
}
