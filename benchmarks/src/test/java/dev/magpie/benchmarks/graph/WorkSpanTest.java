package dev.magpie.benchmarks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkSpanTest {

    /** 3, then a child of 10 beside 4, then 5. */
    static TaskNode diamond() {
        TaskNode child = TaskNode.leaf(10);
        return new TaskNode.Builder()
                .compute(3)
                .fork(child)
                .compute(4)
                .join(child)
                .compute(5)
                .build();
    }

    @Test
    void aLeafIsItsOwnSpan() {
        assertThat(WorkSpan.of(TaskNode.leaf(7), 100)).isEqualTo(new WorkSpan(7, 7, 7, 0));
    }

    @Test
    void theLongerBranchIsTheSpan() {
        assertThat(WorkSpan.of(diamond(), 2)).isEqualTo(new WorkSpan(22, 18, 20, 1));
    }

    @Test
    void nestedChildrenAndOnesNeverJoined() {
        TaskNode inner = diamond();
        TaskNode lost = TaskNode.leaf(100);
        TaskNode root =
                new TaskNode.Builder()
                        .compute(1)
                        .fork(lost)
                        .fork(inner)
                        .compute(2)
                        .join(inner)
                        .build();
        WorkSpan numbers = WorkSpan.of(root, 0);
        assertThat(numbers).isEqualTo(new WorkSpan(125, 101, 101, 3));
    }

    @Test
    void childrenInARowAddUp() {
        TaskNode.Builder row = new TaskNode.Builder();
        for (int i = 0; i < 3; i++) {
            TaskNode child = TaskNode.leaf(10);
            row.fork(child).compute(1).join(child);
        }
        assertThat(WorkSpan.of(row.build(), 5)).isEqualTo(new WorkSpan(33, 30, 45, 3));
    }

    @Test
    void parallelismBoundAndEstimate() {
        WorkSpan numbers = new WorkSpan(1000, 100, 200, 9);
        assertThat(numbers.parallelism()).isEqualTo(10);
        assertThat(numbers.burdenedParallelism()).isEqualTo(5);
        assertThat(numbers.bound(4)).isEqualTo(250);
        assertThat(numbers.bound(64)).isEqualTo(100);
        assertThat(numbers.estimate(1)).isEqualTo(1000);
        assertThat(numbers.estimate(4)).isEqualTo(250 + 340);
        assertThat(numbers.scaled(2)).isEqualTo(new WorkSpan(2000, 200, 400, 9));
    }

    @Test
    void whatWasNotForkedIsNotJoined() {
        TaskNode root = new TaskNode.Builder().join(TaskNode.leaf(1)).build();
        assertThatThrownBy(() -> WorkSpan.of(root, 0)).hasMessageContaining("not forked");
        assertThatThrownBy(() -> TaskNode.leaf(-1)).hasMessageContaining("was -1");
        assertThatThrownBy(() -> TaskNode.leaf(Double.NaN)).hasMessageContaining("was NaN");
    }
}
