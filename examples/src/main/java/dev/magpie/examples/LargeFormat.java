package dev.magpie.examples;

import dev.magpie.sorting.FileFormat;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file consists of that is sorted outside memory.
 *
 * @param name how it is given on the command line
 * @param file what is sorted
 * @param isText whether the file has to be made from text, and text from the result
 */
record LargeFormat(String name, FileFormat file, boolean isText) {

    private static final Pattern RECORDS =
            Pattern.compile("records:([0-9]{1,9}):([0-9]{1,9}):([0-9]{1,9})");

    /**
     * The format that was given, or that a file's name tells.
     *
     * @param given an option's value, or null
     * @param path the file
     * @throws BadInputException if there is no such format
     */
    static LargeFormat of(@Nullable String given, Path path) {
        String name = given == null ? OptionValue.nameOf(NumberFormat.of(path)) : given;
        FileFormat file =
                switch (name) {
                    case "text", "raw" -> FileFormat.ints(ByteOrder.LITTLE_ENDIAN);
                    case "longs" -> FileFormat.longs(ByteOrder.LITTLE_ENDIAN);
                    case "floats" -> FileFormat.floats(ByteOrder.LITTLE_ENDIAN);
                    case "doubles" -> FileFormat.doubles(ByteOrder.LITTLE_ENDIAN);
                    case "lines" -> FileFormat.lines();
                    default -> records(name);
                };
        return new LargeFormat(name, file, name.equals("text"));
    }

    private static FileFormat records(String name) {
        Matcher numbers = RECORDS.matcher(name);
        if (!numbers.matches()) {
            throw new BadInputException(
                    "--format must be one of text, raw, longs, floats, doubles, lines,"
                            + " records:LENGTH:FROM:KEYLENGTH, was '"
                            + name
                            + "'");
        }
        try {
            return FileFormat.records(
                    Integer.parseInt(numbers.group(1)),
                    Integer.parseInt(numbers.group(2)),
                    Integer.parseInt(numbers.group(3)));
        } catch (IllegalArgumentException ex) {
            throw new BadInputException("--format " + name + ": " + ex.getMessage());
        }
    }
}
