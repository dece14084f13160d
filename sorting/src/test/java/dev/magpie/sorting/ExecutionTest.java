package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    @Test
    void aSweepEndsAtTheGreatestIndex() {
        List<Integer> ends = new ArrayList<>();
        int last = Integer.MAX_VALUE;
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Execution.Pass pass =
                    (from, to) -> {
                        ends.add(from);
                        ends.add(to);
                        assertThat(from).isPositive(); // which ends the sweep
                    };
            Fine.setup(scheduler).begin().sweep(last - 3, last, pass);
        }
        assertThat(ends).containsExactly(last - 3, last);
    }
}
