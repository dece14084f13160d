package dev.magpie.benchmarks;

/** The command line, for tests of other packages. */
public final class MainRun {

    private MainRun() {}

    /** Runs words, or one text of words, and returns the exit code. */
    public static int run(String... words) {
        return Main.run(words.length == 1 ? words[0].split(" ") : words);
    }
}
