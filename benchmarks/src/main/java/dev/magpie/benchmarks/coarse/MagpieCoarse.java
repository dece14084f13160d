package dev.magpie.benchmarks.coarse;

import dev.magpie.scheduler.RecursiveTask;

/** The owner: forks all pieces, computes a while, joins newest first. */
final class MagpieCoarse extends RecursiveTask<Long> {

    private final Workload workload;

    MagpieCoarse(Workload workload) {
        this.workload = workload;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        int[] lengths = workload.taskMicros();
        Piece[] pieces = new Piece[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            pieces[i] = new Piece(lengths[i]);
            pieces[i].fork();
        }
        long total = Workload.spin(workload.ownerMicros());
        for (int i = lengths.length - 1; i >= 0; i--) {
            total += pieces[i].join();
        }
        return total;
    }

    private static final class Piece extends RecursiveTask<Long> {

        private final int micros;

        Piece(int micros) {
            this.micros = micros;
        }

        @Override
        protected Long compute() {
            return Workload.spin(micros);
        }
    }
}
