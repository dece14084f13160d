package dev.magpie.benchmarks.harness;

/** A contestant computed something else than the known answer. */
public final class WrongAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says who was wrong.
     *
     * @param message contestant, answer and expectation
     */
    public WrongAnswerException(String message) {
        super(message);
    }

    /**
     * The checker of answers.
     *
     * @param who the contestant
     * @param expected the known answer
     * @param actual what the contestant computed
     * @throws WrongAnswerException if they differ
     */
    public static void check(String who, long expected, long actual) {
        if (expected != actual) {
            throw new WrongAnswerException(
                    who + " answered " + actual + ", the right answer is " + expected);
        }
    }
}
