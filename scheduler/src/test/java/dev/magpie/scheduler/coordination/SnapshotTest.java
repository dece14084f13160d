package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A snapshot is replaced as a whole, and no update is lost. */
class SnapshotTest {

    @Test
    void isReplacedAsAWhole() {
        Snapshot<List<Integer>> snapshot = new Snapshot<>(List.of());
        List<Integer> first = snapshot.get();
        List<Integer> one = List.of(1);
        assertThat(snapshot.compareAndSet(first, one)).isTrue();
        assertThat(snapshot.compareAndSet(first, List.of(2))).isFalse();
        assertThat(snapshot.getAndUpdate(old -> List.of(old.get(0), 2))).isSameAs(one);
        assertThat(snapshot.updateAndGet(old -> List.of(old.size()))).containsExactly(2);
        assertThat(snapshot).hasToString("Snapshot[[2]]");
        snapshot.set(one);
        assertThat(snapshot.get()).isSameAs(one);
        assertThat(first).isEmpty();
    }

    @Test
    void nullIsAnErrorAndChangesNothing() {
        assertThatThrownBy(() -> new Snapshot<>(null)).isInstanceOf(NullPointerException.class);
        Snapshot<String> snapshot = new Snapshot<>("a");
        assertThatThrownBy(() -> snapshot.set(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> snapshot.updateAndGet(old -> null))
                .isInstanceOf(NullPointerException.class);
        assertThat(snapshot.get()).isEqualTo("a");
    }

    @Test
    void noUpdateIsLost() throws Exception {
        Snapshot<List<Integer>> snapshot = new Snapshot<>(List.of());
        try (Scheduler scheduler = Threads.scheduler(2)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(
                        scheduler.submit(
                                () -> {
                                    for (int k = 0; k < 100; k++) {
                                        List<Integer> unused = snapshot.updateAndGet(this::longer);
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get(60, SECONDS);
            }
        }
        assertThat(snapshot.get()).hasSize(400).isSorted();
    }

    private List<Integer> longer(List<Integer> old) {
        List<Integer> next = new ArrayList<>(old);
        next.add(old.size());
        return next;
    }
}
