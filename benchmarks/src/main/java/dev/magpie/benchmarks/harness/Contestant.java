package dev.magpie.benchmarks.harness;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * One side of a {@link Race}.
 *
 * @param label unique in its race
 * @param before untimed preparation of each round
 * @param timed what is measured
 * @param check untimed; throws {@link WrongAnswerException}
 */
public record Contestant(String label, Runnable before, LongSupplier timed, LongConsumer check) {

    /**
     * An engine that solves a problem.
     *
     * @param engine who
     * @param problem what
     * @return the contestant, labelled like the engine
     */
    public static Contestant of(Engine engine, Problem problem) {
        return new Contestant(
                engine.label(),
                () -> {},
                () -> engine.solve(problem),
                answer -> WrongAnswerException.check(engine.label(), problem.answer(), answer));
    }
}
