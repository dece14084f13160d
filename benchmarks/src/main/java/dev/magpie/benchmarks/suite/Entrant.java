package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Contestant;

/** A contender of one width, started. */
record Entrant(Contender contender, int width, Trial trial) {

    String label() {
        return contender.label(width);
    }

    Contestant contestant() {
        return trial.contestant(label());
    }
}
