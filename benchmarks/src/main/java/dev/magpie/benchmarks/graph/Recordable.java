package dev.magpie.benchmarks.graph;

/** A problem whose task graph can be recorded. */
public interface Recordable {

    /**
     * The computation as a recorded task.
     *
     * @param recorder who records it
     * @return a fresh task, not run
     */
    RecordedTask<Long> recorded(GraphRecorder recorder);
}
