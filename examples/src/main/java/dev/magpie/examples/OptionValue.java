package dev.magpie.examples;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was given for an option: text, turned into a value or refused.
 *
 * @param option the option's name
 * @param text what was given
 */
record OptionValue(String option, String text) {

    /** Not so many digits that a unit could make the number overflow. */
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,9}|[0-9]{1,18}(?![kKmMgG]))([kKmMgG]?)");

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    /**
     * A whole number, such as 10000000, 10_000_000, 10M or 250k.
     *
     * @throws BadInputException if it is none, or out of bounds
     */
    long number(long min, long max) {
        return number(text, min, max);
    }

    private long number(String word, long min, long max) {
        try {
            long value = parse(word.trim().replace("_", ""));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException ex) {
            throw refused("a whole number from " + min + " to " + max);
        }
        throw refused("between " + min + " and " + max);
    }

    private static long parse(String digits) {
        if (digits.isEmpty()) {
            return Long.parseLong(digits);
        }
        int last = digits.length() - 1;
        String front = digits.substring(0, last);
        return switch (digits.charAt(last)) {
            case 'M', 'm' -> Math.multiplyExact(Long.parseLong(front), 1_000_000L);
            case 'K', 'k' -> Math.multiplyExact(Long.parseLong(front), 1_000L);
            default -> Long.parseLong(digits);
        };
    }

    /**
     * A number of bytes, such as 268435456, 256m or 2g; units are powers of 1024.
     *
     * @throws BadInputException if it is none, or out of bounds
     */
    long bytes(long min, long max) {
        Matcher size = SIZE.matcher(text.trim());
        if (size.matches()) {
            int shift = 10 * ("kmg".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1);
            long value = Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : shift);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw refused("a number of bytes from " + min + " to " + max + ", such as 256m");
    }

    /**
     * A time, such as 500ms, 2s, 5m or 1h.
     *
     * @throws BadInputException if it is none, or longer than 1000 hours
     */
    Duration duration() {
        Matcher time = TIME.matcher(text.trim());
        if (time.matches()) {
            long value = Long.parseLong(time.group(1));
            Duration parsed =
                    switch (time.group(2)) {
                        case "ms" -> Duration.ofMillis(value);
                        case "m" -> Duration.ofMinutes(value);
                        case "h" -> Duration.ofHours(value);
                        default -> Duration.ofSeconds(value);
                    };
            if (parsed.compareTo(Duration.ofHours(1000)) <= 0) {
                return parsed;
            }
        }
        throw refused("a time from 0s to 1000h, such as 500ms or 2s");
    }

    /**
     * Different numbers, separated by commas.
     *
     * @throws BadInputException if one is none, out of bounds, or given twice
     */
    SortedSet<Integer> numbers(int min, int max) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            if (!isNumber(word)) {
                throw refused("whole numbers from " + min + " to " + max + " separated by commas");
            }
            if (!numbers.add((int) number(word, min, max))) {
                throw refused("different numbers");
            }
        }
        return numbers;
    }

    private static boolean isNumber(String word) {
        return word.trim().matches("[+-]?[0-9]+");
    }

    /**
     * One of some names.
     *
     * @throws BadInputException if it is none of them
     */
    <E extends Enum<E>> E choice(E[] values) {
        for (E value : values) {
            if (nameOf(value).equalsIgnoreCase(text.replace('_', '-'))) {
                return value;
            }
        }
        String names = String.join(", ", Arrays.stream(values).map(OptionValue::nameOf).toList());
        throw refused("one of " + names);
    }

    /** How a constant is called on the command line: {@code FEW_DISTINCT} is few-distinct. */
    static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private BadInputException refused(String rule) {
        return new BadInputException(option + " must be " + rule + ", was '" + text + "'");
    }
}
