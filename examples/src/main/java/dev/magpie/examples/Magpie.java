package dev.magpie.examples;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
        name = "magpie",
        version = "magpie 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = SortCommand.class,
        description = "Demonstrations of the Magpie scheduler.")
public final class Magpie {

    private Magpie() {}

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 a wrong result, 2 bad
     * input.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Magpie());
        line.setParameterExceptionHandler((ex, given) -> complain(line, ex.getMessage()));
        line.setExecutionExceptionHandler(
                (ex, command, given) -> {
                    if (ex instanceof BadInputException) {
                        return complain(line, ex.getMessage());
                    }
                    throw ex;
                });
        if (args.length == 0) {
            return complain(line, "a command is missing; try 'magpie --help'");
        }
        return line.execute(args);
    }

    private static int complain(CommandLine line, @Nullable String message) {
        line.getErr().println("magpie: " + String.valueOf(message).lines().findFirst().orElse(""));
        line.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
