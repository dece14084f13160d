package dev.magpie.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * A file of 32-bit integers: text, or raw little-endian where the name ends in .bin, .raw or .i32.
 */
final class NumbersFile {

    private static final int CHUNK = 1 << 16;

    private final Path path;

    NumbersFile(Path path) {
        this.path = path;
    }

    private boolean isRaw() {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".bin") || name.endsWith(".raw") || name.endsWith(".i32");
    }

    int[] read() {
        try {
            return isRaw() ? readRaw() : readText();
        } catch (IOException ex) {
            throw new BadInputException(path + ": cannot be read: " + reason(ex));
        }
    }

    private int[] readRaw() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length % Integer.BYTES != 0) {
            throw new BadInputException(
                    path + ": length must be a multiple of 4 bytes, was " + bytes.length);
        }
        int[] numbers = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
        return numbers;
    }

    private int[] readText() throws IOException {
        int[] numbers = new int[1024];
        int count = 0;
        int lineNumber = 0;
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                StringTokenizer words = new StringTokenizer(line);
                while (words.hasMoreTokens()) {
                    if (count == numbers.length) {
                        numbers = Arrays.copyOf(numbers, count * 2);
                    }
                    numbers[count++] = parse(words.nextToken(), lineNumber);
                }
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private int parse(String word, int lineNumber) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException ex) {
            throw new BadInputException(
                    path + ":" + lineNumber + ": '" + word + "' is not a 32-bit integer");
        }
    }

    /**
     * Writes to a temporary file beside the target, then renames: the target is whole or untouched.
     */
    void write(int[] numbers) {
        Path folder = path.toAbsolutePath().getParent();
        try {
            Path temporary = Files.createTempFile(folder, ".magpie", ".tmp");
            Thread cleaner = new Thread(() -> delete(temporary));
            Runtime.getRuntime().addShutdownHook(cleaner);
            try {
                writeTo(temporary, numbers);
                Files.move(
                        temporary,
                        path,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                delete(temporary);
                Runtime.getRuntime().removeShutdownHook(cleaner);
            }
        } catch (IOException ex) {
            throw new BadInputException(path + ": cannot be written: " + reason(ex));
        }
    }

    private void writeTo(Path target, int[] numbers) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int from = 0; from < numbers.length; from += CHUNK) {
                int to = Math.min(numbers.length, from + CHUNK);
                out.write(isRaw() ? rawBytes(numbers, from, to) : textBytes(numbers, from, to));
            }
        }
    }

    private static byte[] rawBytes(int[] numbers, int from, int to) {
        ByteBuffer buffer =
                ByteBuffer.allocate((to - from) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(numbers, from, to - from);
        return buffer.array();
    }

    private static byte[] textBytes(int[] numbers, int from, int to) {
        StringBuilder text = new StringBuilder((to - from) * 8);
        for (int i = from; i < to; i++) {
            text.append(numbers[i]).append('\n');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static void delete(Path file) {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException ex) {
            file.toFile().deleteOnExit();
        }
    }

    private static String reason(IOException ex) {
        if (ex instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (ex instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (ex instanceof MalformedInputException) {
            return "is not UTF-8 text";
        }
        String message = ex.getMessage();
        return message == null ? ex.getClass().getSimpleName() : message;
    }
}
