package dev.magpie.benchmarks.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A task of a {@link TaskGraph}: strands of computation, between them forks and joins of its
 * children. Immutable once built.
 */
public final class TaskNode {

    private final List<Step> steps;
    private final double tailNanos;

    private TaskNode(List<Step> steps, double tailNanos) {
        this.steps = steps;
        this.tailNanos = tailNanos;
    }

    /**
     * A task that neither forks nor joins.
     *
     * @param nanos how long it computes, at least 0
     * @return the leaf
     */
    public static TaskNode leaf(double nanos) {
        return new Builder().compute(nanos).build();
    }

    /** What it does before its last strand, in order. */
    List<Step> steps() {
        return steps;
    }

    /** The strand after the last step. */
    double tailNanos() {
        return tailNanos;
    }

    /**
     * A strand and the fork or join that ends it.
     *
     * @param nanos the strand's length
     * @param child who is forked or joined
     * @param fork whether it is forked
     */
    record Step(double nanos, TaskNode child, boolean fork) {}

    /** Builds a task from its beginning to its end. Not thread-safe. */
    public static final class Builder {

        private final List<Step> steps = new ArrayList<>();
        private double strand;

        /**
         * Computes.
         *
         * @param nanos how long, at least 0
         * @return this
         * @throws IllegalArgumentException if {@code nanos} is negative or no number
         */
        public Builder compute(double nanos) {
            if (!(nanos >= 0)) {
                throw new IllegalArgumentException("nanos must be at least 0, was " + nanos);
            }
            strand += nanos;
            return this;
        }

        /**
         * Forks a child.
         *
         * @param child not forked before
         * @return this
         */
        public Builder fork(TaskNode child) {
            return step(child, true);
        }

        /**
         * Joins a child.
         *
         * @param child forked by this task before
         * @return this
         */
        public Builder join(TaskNode child) {
            return step(child, false);
        }

        private Builder step(TaskNode child, boolean fork) {
            steps.add(new Step(strand, child, fork));
            strand = 0;
            return this;
        }

        /** The task. The builder is not used again. */
        public TaskNode build() {
            return new TaskNode(steps.isEmpty() ? List.of() : steps, strand);
        }
    }
}
