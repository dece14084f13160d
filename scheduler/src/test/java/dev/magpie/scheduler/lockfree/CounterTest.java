package dev.magpie.scheduler.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CounterTest {

    private static List<Counter> counters() {
        return List.of(
                new LockingCounter(),
                new CasCounter(),
                new FetchAddCounter(),
                new StripedCounter(),
                new StripedCounter(3));
    }

    @Test
    void additionsAddUp() {
        for (Counter counter : counters()) {
            assertThat(counter.get()).isZero();
            counter.increment();
            counter.add(10);
            counter.decrement();
            counter.add(-3);
            assertThat(counter.get()).isEqualTo(7);
            assertThat(counter.getRelaxed()).isEqualTo(7);
            assertThat(counter).hasToString("7");
        }
    }

    @Test
    void tickets() {
        FetchAddCounter counter = new FetchAddCounter();
        assertThat(counter.getAndAdd(5)).isZero();
        assertThat(counter.getAndAdd(1)).isEqualTo(5);
        assertThat(counter.get()).isEqualTo(6);
    }

    @Test
    void cellsAreBounded() {
        assertThatThrownBy(() -> new StripedCounter(0))
                .hasMessage("cells must be between 1 and 1024, was 0");
        assertThatThrownBy(() -> new StripedCounter(1025))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noAdditionIsLostAndReadsNeverFall() {
        int each = Boolean.getBoolean("magpie.long") ? 5_000_000 : 100_000;
        for (Counter counter : counters()) {
            AtomicInteger left = new AtomicInteger(3);
            AtomicInteger wrong = new AtomicInteger();
            Threads.runAll(
                    4,
                    thread -> {
                        if (thread < 3) {
                            for (int i = 0; i < each; i++) {
                                counter.increment();
                            }
                            left.decrementAndGet();
                            return;
                        }
                        long last = 0;
                        while (left.get() > 0) {
                            long seen = counter.getRelaxed();
                            if (seen < last || seen > 3L * each) {
                                wrong.incrementAndGet();
                            }
                            last = seen;
                        }
                    });
            assertThat(wrong).hasValue(0);
            assertThat(counter.get()).isEqualTo(3L * each);
            assertThat(counter.getRelaxed()).isEqualTo(3L * each);
        }
    }

    @Test
    void exactReadsNeverFall() {
        for (Counter counter : counters()) {
            AtomicInteger wrong = new AtomicInteger();
            Threads.runAll(
                    3,
                    thread -> {
                        if (thread < 2) {
                            for (int i = 0; i < 20_000; i++) {
                                counter.increment();
                            }
                            return;
                        }
                        long last = 0;
                        while (last < 40_000) {
                            long seen = counter.get();
                            if (seen < last) {
                                wrong.incrementAndGet();
                            }
                            last = seen;
                        }
                    });
            assertThat(wrong).hasValue(0);
        }
    }
}
