package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.report.PartCommand;
import dev.magpie.benchmarks.report.ReportCommand;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The benchmarks' command line. Exit codes: 0 measured, 1 a wrong answer, 2 wrong usage. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Magpie beside its rivals. 'jmh [args...]' runs the JMH benchmarks.",
        subcommands = {
            FibCommand.class,
            FibActionCommand.class,
            QueensCommand.class,
            UtsCommand.class,
            CoarseCommand.class,
            ExecuteCommand.class,
            BacklogCommand.class,
            NestedCommand.class,
            WakeCommand.class,
            LoadCommand.class,
            IdleCommand.class,
            SortCommand.class,
            SortsCommand.class,
            ExternalCommand.class,
            ParallelCommand.class,
            TraceCommand.class,
            ScopeCommand.class,
            CancelCommand.class,
            StartCommand.class,
            LockFreeCommand.class,
            ChannelsCommand.class,
            SemaphoreCommand.class,
            AllCommand.class,
            BenchCommand.class,
            PartCommand.class,
            ReportCommand.class
        })
public final class Main {

    /** For the sequential recursion, which is as deep as the deepest tree. */
    private static final long STACK_SIZE = 512L << 20;

    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args a subcommand and its options
     * @throws Exception what JMH threw
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        AtomicInteger exitCode = new AtomicInteger(ExitCode.SOFTWARE);
        Thread runner = new Thread(null, () -> exitCode.set(run(args)), "benchmarks", STACK_SIZE);
        runner.start();
        runner.join();
        System.exit(exitCode.get());
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(
                dev.magpie.scheduler.Pinning.class,
                text ->
                        dev.magpie.scheduler.Pinning.valueOf(
                                text.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
        line.setExecutionExceptionHandler(Main::explain);
        if (args.length == 0) {
            line.usage(System.err);
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    private static int explain(Exception ex, CommandLine command, CommandLine.ParseResult parsed) {
        if (ex instanceof WrongAnswerException) {
            System.err.println("wrong answer: " + ex.getMessage());
            return ExitCode.SOFTWARE;
        }
        if (ex instanceof IllegalArgumentException) {
            System.err.println(ex.getMessage());
            return ExitCode.USAGE;
        }
        ex.printStackTrace();
        return ExitCode.SOFTWARE;
    }
}
