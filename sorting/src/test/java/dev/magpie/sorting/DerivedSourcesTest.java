package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources that differ from another one in nothing but types are that one with words replaced; they
 * are committed, and nobody edits them. After a change of a master they are written again by {@code
 * mvn -pl scheduler,sorting test -Dtest=DerivedSourcesTest -Dmagpie.derive=write} and then {@code
 * mvn -pl sorting spotless:apply}.
 */
class DerivedSourcesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/magpie/sorting");

    /** A word of a master, as a regular expression, and what it becomes. */
    private record Word(String pattern, String replacement) {}

    /** A file that is another one with words replaced, in turn. */
    private record Derivation(String master, String derived, List<Word> words) {

        String apply(String text) {
            String result = text;
            for (Word word : words) {
                result = result.replaceAll(word.pattern, word.replacement);
            }
            return result;
        }

        @Override
        public String toString() {
            return derived + " from " + master;
        }
    }

    private static final List<Word> TO_LONG =
            List.of(
                    new Word("\\bInt(?=[A-Z])", "Long"),
                    new Word("\\bint\\[\\]", "long[]"),
                    new Word("\\bints\\b", "longs"),
                    new Word("\\bint (?=left\\b|right\\b|value\\b)(?!\\w+ =)", "long "));

    private static final List<Word> TO_DOUBLE =
            List.of(
                    new Word("\\bInt(?=[A-Z])", "Double"),
                    new Word("\\bint\\[\\]", "double[]"),
                    new Word("\\bints\\b", "doubles"),
                    new Word("\\bint (?=left\\b|right\\b|value\\b)(?!\\w+ =)", "double "));

    private static final List<Word> TO_OBJECT =
            List.of(
                    new Word("\\bIntComparator\\b", "Comparator<Object>"),
                    new Word("\\bInt(?=[A-Z])", "Object"),
                    new Word("\\bint\\[\\]", "Object[]"),
                    new Word("\\bints\\b", "objects"),
                    new Word("\\bint (?=left\\b|right\\b|value\\b)(?!\\w+ =)", "Object "),
                    new Word("(package .*;\n)", "$1\nimport java.util.Comparator;\n"));

    private static final String VALUES = "array|buffer|source|target|data|other|wanted";

    /**
     * What holds numbers becomes an array of another type, and their keys and what is made of them
     * another integer; all other ints are indexes, and stay.
     */
    private static List<Word> toNumbers(String type, String boxed, String key, String keys) {
        return List.of(
                new Word("\\bInt(?=[A-Z])", boxed),
                new Word("public final class", "final class"),
                new Word("\\bint\\[\\]\\[\\](?= (sorted|runs)\\b)", type + "[][]"),
                new Word("new int\\[0\\]\\[\\]", "new " + type + "[0][]"),
                new Word("List<int\\[\\]>", "List<" + type + "[]>"),
                new Word("static int\\[\\](?= merge|\\[\\])", "static " + type + "[]"),
                new Word("\\bint\\[\\](?= run :)", type + "[]"),
                new Word("\\bints\\b", type + "s"),
                new Word("\\bint\\[\\](?= (" + VALUES + ")\\b)", type + "[]"),
                new Word("(?<=\\b(buffer|target) = new )int\\[", type + "["),
                new Word("\\bint\\[\\](?= (sample|table|known)\\b| keys\\(\\))", key + "[]"),
                new Word("(?<=\\b(sample|table) = new )int\\[", key + "["),
                new Word(
                        "\\bint (?=(floor|ceiling|others|factor|multiplier|differing|lowest|highest|key"
                                + "|pivot|least|greatest|median|nearLeast|nearGreatest)\\b)",
                        key + " "),
                new Word("\\bInteger\\.compare\\(", boxed + ".compare("),
                new Word("\\bInteger\\.", keys + "."),
                new Word("return key & BUCKETS", "return " + cast(key) + "key & BUCKETS"),
                new Word("return key >>> bits &", "return " + cast(key) + "(key >>> bits) &"));
    }

    private static String cast(String key) {
        return key.equals("long") ? "(int) " : "";
    }

    private static final List<Word> NUMBERS_TO_LONG = toNumbers("long", "Long", "long", "Long");
    private static final List<Word> NUMBERS_TO_FLOAT =
            toNumbers("float", "Float", "int", "Integer");
    private static final List<Word> NUMBERS_TO_DOUBLE =
            toNumbers("double", "Double", "long", "Long");

    /** Of what makes the keys itself. */
    private static final List<Word> FLOAT_TO_DOUBLE =
            List.of(
                    new Word("\\bFloatRadix", "DoubleRadix"),
                    new Word("\\bInt(?=[A-Z])", "Long"),
                    new Word("\\bint\\[\\](?= (keys|buffer))", "long[]"),
                    new Word("new int\\[", "new long["),
                    new Word("\\bfloat\\b", "double"),
                    new Word("Float\\.floatToRawIntBits", "Double.doubleToRawLongBits"),
                    new Word("Float\\.intBitsToFloat", "Double.longBitsToDouble"));

    private static final List<Word> SHORT_TO_CHAR =
            List.of(
                    new Word("\\bShort\\.", "Character."),
                    new Word("\\bShort", "Char"),
                    new Word("\\bshort\\b", "char"));

    private static final List<Word> SHORT_TO_BYTE =
            List.of(new Word("\\bShort", "Byte"), new Word("\\bshort\\b", "byte"));

    /** Of classes that hold no index in an array. */
    private static List<Word> toOther(String name) {
        return List.of(
                new Word("\\bInt(?=[A-Z])", name),
                new Word("\\bint(?=\\[)", name.toLowerCase(Locale.ROOT)),
                new Word("\\bInteger\\.", name.equals("Char") ? "Character." : name + "."));
    }

    private static Stream<Derivation> numbers() {
        Stream<Derivation> numbers =
                Stream.of(
                                "CountingSort",
                                "MergeKernel",
                                "MergePasses",
                                "Merging",
                                "QuickSort",
                                "RadixCut",
                                "RadixPasses",
                                "Runs",
                                "Sample",
                                "Select",
                                "Sort")
                        .flatMap(
                                noun ->
                                        Stream.of(
                                                of("Int" + noun, "Long" + noun, NUMBERS_TO_LONG),
                                                of("Int" + noun, "Float" + noun, NUMBERS_TO_FLOAT),
                                                of(
                                                        "Int" + noun,
                                                        "Double" + noun,
                                                        NUMBERS_TO_DOUBLE)));
        Stream<Derivation> others =
                Stream.of("Long", "Float", "Double", "Short", "Char", "Byte")
                        .flatMap(
                                type ->
                                        Stream.of("IsSorted", "Reversed")
                                                .map(
                                                        noun ->
                                                                of(
                                                                        "Int" + noun,
                                                                        type + noun,
                                                                        toOther(type))));
        Stream<Derivation> kernels =
                Stream.of(
                        of("IntRadixKernel", "LongRadixKernel", NUMBERS_TO_LONG),
                        of("FloatRadixKernel", "DoubleRadixKernel", FLOAT_TO_DOUBLE));
        Stream<Derivation> keys =
                Stream.of(
                        of(
                                "IntKeys",
                                "LongKeys",
                                List.of(
                                        new Word("\\bInt(?=[A-Z])", "Long"),
                                        new Word("\\bint(?! (from|to|DIGIT_BITS)\\b)", "long"))));
        Stream<Derivation> sorts =
                Stream.of("Sort", "Merging")
                        .flatMap(
                                noun ->
                                        Stream.of(
                                                of("Short" + noun, "Char" + noun, SHORT_TO_CHAR),
                                                of("Short" + noun, "Byte" + noun, SHORT_TO_BYTE)));
        return Stream.of(numbers, others, kernels, keys, sorts).flatMap(rows -> rows);
    }

    static Stream<Derivation> derivations() {
        Stream<Derivation> primitives =
                Stream.of("Comparator", "Watch", "Merges", "InPlace", "Leaf", "Elements")
                        .flatMap(
                                noun ->
                                        Stream.of(
                                                of("Int" + noun, "Long" + noun, TO_LONG),
                                                of("Int" + noun, "Double" + noun, TO_DOUBLE)));
        Stream<Derivation> objects =
                Stream.of("Watch", "Merges", "InPlace", "Elements")
                        .map(noun -> of("Int" + noun, "Object" + noun, TO_OBJECT));
        return Stream.of(numbers(), primitives, objects).flatMap(rows -> rows);
    }

    private static Derivation of(String master, String derived, List<Word> words) {
        return new Derivation(master, derived, words);
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void isItsMasterWithWordsReplaced(Derivation derivation) throws IOException {
        Path derived = SOURCES.resolve(derivation.derived + ".java");
        String expected =
                derivation.apply(Files.readString(SOURCES.resolve(derivation.master + ".java")));
        String actual = Files.exists(derived) ? Files.readString(derived) : "";
        if (!unbroken(actual).equals(unbroken(expected))
                && "write".equals(System.getProperty("magpie.derive"))) {
            Files.writeString(derived, expected);
            actual = expected;
        }
        assertThat(unbroken(actual).equals(unbroken(expected)))
                .as(
                        "%s must be %s.java with words replaced; after a change of the master run"
                                + " this test with -Dmagpie.derive=write, then spotless:apply",
                        derived, derivation.master)
                .isTrue();
    }

    /** The text without what the formatter decides: where lines break. */
    private static String unbroken(String text) {
        return text.replaceAll("\n *\\*(?!/)", "\n").replaceAll("\\s+", "");
    }
}
