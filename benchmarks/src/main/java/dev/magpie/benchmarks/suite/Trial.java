package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A started contender: a running pool or a structure, and what it does once. Used by one thread.
 *
 * @param before untimed preparation of each run
 * @param timed what is measured
 * @param check of its answer, untimed; throws {@link WrongAnswerException}
 * @param end frees what the trial holds
 */
public record Trial(Runnable before, LongSupplier timed, LongConsumer check, Runnable end)
        implements AutoCloseable {

    /**
     * A trial with a known answer.
     *
     * @param who for messages
     * @param answer the right one
     * @param timed what is measured
     * @param end frees what the trial holds
     * @return the trial
     */
    public static Trial of(String who, long answer, LongSupplier timed, Runnable end) {
        return new Trial(
                () -> {}, timed, actual -> WrongAnswerException.check(who, answer, actual), end);
    }

    /** This trial, prepared by something. */
    Trial preparedBy(Runnable preparation) {
        return new Trial(preparation, timed, check, end);
    }

    /** This trial with a look at what a run left behind. */
    Trial verifiedBy(Runnable verification) {
        return new Trial(before, timed, check.andThen(answer -> verification.run()), end);
    }

    /** This trial with another end. */
    Trial endedBy(Runnable otherEnd) {
        return new Trial(before, timed, check, otherEnd);
    }

    Contestant contestant(String label) {
        return new Contestant(label, before, timed, check);
    }

    @Override
    public void close() {
        end.run();
    }
}
