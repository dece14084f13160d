package dev.magpie.scheduler.coordination;

/** Checks of what callers give. */
final class Arguments {

    private Arguments() {}

    /**
     * Checks a number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
