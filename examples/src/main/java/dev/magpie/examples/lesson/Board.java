package dev.magpie.examples.lesson;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a lesson is shown on. Used by the thread that teaches. */
final class Board {

    private static final int WIDTH = 96;

    private final PrintWriter out;
    private final List<String> unseen = new ArrayList<>();

    Board(PrintWriter out) {
        this.out = out;
    }

    /** Starts a part. */
    void title(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    /** A paragraph, broken into lines. */
    void say(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.println(line);
    }

    /** Something measured. */
    void figure(String what, String value) {
        out.printf("  %-58s %s%n", what, value);
    }

    /** Lines as they are, with a margin. */
    void picture(List<String> lines) {
        out.println();
        lines.forEach(line -> out.println("    " + line));
        out.println();
    }

    /** What the lesson says must happen, and whether it did. */
    void claim(String what, boolean held) {
        out.println((held ? "  seen:     " : "  NOT SEEN: ") + what);
        if (!held) {
            unseen.add(what);
        }
    }

    /** What did not happen as it should. */
    List<String> unseen() {
        return List.copyOf(unseen);
    }
}
