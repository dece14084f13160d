package dev.magpie.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code magpie licenses}: what others have written that is in the jar. */
@Command(
        name = "licenses",
        mixinStandardHelpOptions = true,
        versionProvider = Magpie.Version.class,
        description =
                "Lists the libraries in this program with their versions and licences; their texts"
                        + " and notices are in META-INF of the jar.")
final class LicensesCommand implements Callable<Integer> {

    /** Written by the build. */
    private static final String LIST = "/META-INF/THIRD-PARTY.txt";

    private final PrintStream out;

    LicensesCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream list = LicensesCommand.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the build left out " + LIST);
            }
            out.println("Magpie: Apache License, Version 2.0");
            out.println(new String(list.readAllBytes(), StandardCharsets.UTF_8).strip());
            return 0;
        }
    }
}
