package dev.magpie.examples.lesson;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie lesson}: lists the lessons, or runs one. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        description =
                "Lists the lessons in concurrency, or runs one: a failure, its repair, the reason,"
                        + " and what this machine makes of it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all that the lesson speaks of was seen",
            "1:something was not",
            "2:no such lesson"
        })
public final class LessonCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "which one, or 'all'; without a name the lessons are listed")
    private @Nullable String name;

    @Spec private @Nullable CommandSpec spec;

    private final PrintStream out;

    /**
     * A command.
     *
     * @param out where lessons are shown
     */
    public LessonCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter writer = new PrintWriter(out, true, Charset.defaultCharset());
        if (name == null) {
            for (Lesson lesson : Lesson.all()) {
                writer.printf("%-14s %s%n", lesson.name(), lesson.summary());
            }
            return 0;
        }
        Board board = new Board(writer);
        for (Lesson lesson : chosen(name)) {
            board.say("Lesson: " + lesson.summary());
            lesson.teach(board);
            writer.println();
        }
        return board.unseen().isEmpty() ? 0 : 1;
    }

    private List<Lesson> chosen(String wanted) {
        List<Lesson> lessons =
                Lesson.all().stream()
                        .filter(lesson -> wanted.equals(ALL) || lesson.name().equals(wanted))
                        .toList();
        if (lessons.isEmpty() && spec != null) {
            String names =
                    Lesson.all().stream().map(Lesson::name).collect(Collectors.joining(", "));
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME must be one of " + names + " or all, was '" + wanted + "'");
        }
        return lessons;
    }
}
