package dev.magpie.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line that a crawl was begun with, in its folder, for when it is resumed. */
final class CrawlArguments {

    private final Path folder;
    private final Path file;

    private CrawlArguments(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("arguments");
    }

    static CrawlArguments in(Path folder) {
        return new CrawlArguments(folder);
    }

    Path folder() {
        return folder;
    }

    boolean exist() {
        return Files.isRegularFile(file);
    }

    /** A command as it was begun, with what is given now in the place of what was given then. */
    CrawlCommand reparse(CrawlCommand command, List<String> given) {
        try {
            List<String> all = new ArrayList<>(Files.readAllLines(file));
            all.addAll(given.subList(Math.min(1, given.size()), given.size()));
            CommandLine line = new CommandLine(command);
            line.setOverwrittenOptionsAllowed(true);
            var unused = line.parseArgs(all.toArray(new String[0]));
            return command;
        } catch (IOException ex) {
            throw new BadInputException(file + " cannot be read");
        } catch (ParameterException ex) {
            throw new BadInputException(String.valueOf(ex.getMessage()));
        }
    }

    /** Refuses to begin a crawl where there is one. */
    void requireNone() {
        if (exist()) {
            throw new BadInputException(
                    folder + " holds a crawl: go on with --resume, or name another folder");
        }
    }

    /** Keeps the command line, unless there is one; whether it did. */
    boolean keep(List<String> given) throws IOException {
        if (exist()) {
            return false;
        }
        List<String> arguments =
                new ArrayList<>(given.subList(Math.min(1, given.size()), given.size()));
        if (arguments.stream().anyMatch(argument -> argument.contains("\n"))) {
            throw new BadInputException("an argument must be one line");
        }
        Path made = Files.createDirectories(folder);
        Path temporary = Files.write(made.resolve("arguments.tmp"), arguments);
        Path unused = Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** After a start that has failed. */
    void forget() throws IOException {
        boolean unused = Files.deleteIfExists(file);
    }
}
