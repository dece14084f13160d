package dev.magpie.examples;

import dev.magpie.examples.lesson.LessonCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line's entry. */
@Command(
        name = "magpie",
        versionProvider = Magpie.Version.class,
        mixinStandardHelpOptions = true,
        description = "Demonstrations of the Magpie scheduler.")
public final class Magpie {

    /** A defect of this program. */
    static final int INTERNAL_ERROR = 3;

    private Magpie() {}

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 a wrong result, 2 bad
     * options, input or output or too little memory, 3 a defect of this program.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        SortCommand sort = new SortCommand(System.out, System.err, Contestant::lineup);
        System.exit(run(System.out, System.err, sort, args));
    }

    /** Runs a command, which never throws, and says what went wrong in one line of {@code err}. */
    static int run(PrintStream out, PrintStream err, SortCommand sort, String... args) {
        try {
            int code = execute(out, err, sort, args);
            if (out.checkError() && code == 0) {
                return complain(err, "standard output cannot be written");
            }
            return code;
        } catch (OutOfMemoryError ex) {
            return complain(err, ex);
        }
    }

    private static int execute(PrintStream out, PrintStream err, SortCommand sort, String... args) {
        CommandLine line = new CommandLine(new Magpie());
        line.addSubcommand(new SiteCommand(out, err));
        line.addSubcommand(sort);
        line.addSubcommand(new LessonCommand(out));
        line.addSubcommand(new CrawlCommand(out, err));
        line.addSubcommand(new CrawlBenchCommand(out));
        line.addSubcommand(new LicensesCommand(out));
        line.setOut(new PrintWriter(out, true, Charset.defaultCharset()));
        line.setParameterExceptionHandler((ex, given) -> complain(err, ex.getMessage()));
        line.setExecutionExceptionHandler((ex, command, given) -> complain(err, ex));
        if (args.length == 0) {
            return complain(err, "a command is missing; try 'magpie --help'");
        }
        return line.execute(args);
    }

    private static int complain(PrintStream err, Throwable failure) {
        if (failure instanceof BadInputException) {
            return complain(err, failure.getMessage());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return complain(
                        err,
                        "out of memory ("
                                + cause.getMessage()
                                + "); take fewer numbers or threads, or grant more heap by"
                                + " MAGPIE_JAVA_OPTS=-Xmx...");
            }
        }
        StackTraceElement[] trace = failure.getStackTrace();
        int unused =
                complain(
                        err,
                        "internal error: "
                                + failure
                                + (trace.length == 0 ? "" : ", thrown by " + trace[0]));
        return INTERNAL_ERROR;
    }

    private static int complain(PrintStream err, @Nullable String message) {
        err.println("magpie: " + String.valueOf(message).lines().findFirst().orElse(""));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Magpie.class.getPackage().getImplementationVersion();
            return new String[] {"magpie " + (version == null ? "(not packaged)" : version)};
        }
    }
}
