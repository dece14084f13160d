package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormatTest {

    private static int[] parse(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return NumberFormat.TEXT.read(new ByteArrayInputStream(bytes), "file.txt");
    }

    @Test
    void textIsNumbersBetweenAnyWhiteSpace() throws IOException {
        assertThat(parse("")).isEmpty();
        assertThat(parse(" \r\n\t\n")).isEmpty();
        assertThat(parse("1")).containsExactly(1);
        assertThat(parse("1\n2\n")).containsExactly(1, 2);
        assertThat(parse("1\r\n2\r\n")).containsExactly(1, 2);
        assertThat(parse("\t1 2\t3\f4\u000b5\r6  \n\n 7")).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void textKnowsSignsZerosAndBothEndsOfTheRange() throws IOException {
        assertThat(parse("+5 -5 -0 +0 007 -007")).containsExactly(5, -5, 0, 0, 7, -7);
        assertThat(parse("2147483647 -2147483648 +2147483647 00000000000000000002147483647"))
                .containsExactly(
                        Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(parse("\uFEFF1 2")).containsExactly(1, 2);
        assertThat(parse("\uFEFF")).isEmpty();
        assertThatThrownBy(() -> parse("1 \uFEFF2")).isInstanceOf(BadInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x", "-", "+", "--1", "+-1", "1-", "1,2", "1.5", "1e3", "0x1F", "1_000", "\u0661",
                "NaN", "\u00a01", "1L", "/", ":"
            })
    void namesFileAndLineOfWhatIsNoNumber(String word) {
        assertThatThrownBy(() -> parse("1\r\n2 3\r\n4 " + word + " 5"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("file.txt:3: '")
                .hasMessageEndingWith("' is not a whole number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "-2147483649",
                "4294967296",
                "4294967297",
                "-4294967296",
                "18446744073709551617",
                "99999999999999999999999999999999"
            })
    void namesFileAndLineOfWhatIsBeyondTheRange(String word) {
        assertThatThrownBy(() -> parse("\n\n\n" + word))
                .isInstanceOf(BadInputException.class)
                .hasMessage("file.txt:4: '" + word + "' is beyond the range of 32-bit integers");
    }

    @Test
    void quotesNothingThatMovesTheCursorAndNoLongWords() {
        assertThatThrownBy(() -> parse("\u001b[2J")).hasMessageNotContaining("\u001b");
        assertThatThrownBy(() -> parse("y".repeat(1_000_000)))
                .hasMessageContaining("y...'")
                .message()
                .hasSizeLessThan(100);
        assertThatThrownBy(() -> parse("\u00ef\u00bb")).isInstanceOf(BadInputException.class);
    }

    @Test
    void rawRefusesALengthThatIsNoMultipleOfFour() {
        for (int length : new int[] {1, 2, 3, 5, 4 * (1 << 16) + 1, 4 * (1 << 17) - 1}) {
            assertThatThrownBy(
                            () ->
                                    NumberFormat.RAW.read(
                                            new ByteArrayInputStream(new byte[length]), "x.raw"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage("x.raw: length must be a multiple of 4 bytes, was " + length);
        }
    }

    @Test
    void rawIsLittleEndian() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NumberFormat.RAW.write(new int[] {0x04030201, -2}, out);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4, 0xFE, 0xFF, 0xFF, 0xFF);
    }

    @ParameterizedTest
    @EnumSource(NumberFormat.class)
    void readsWhatItWrote(NumberFormat format) throws IOException {
        for (int size : new int[] {0, 1, 1023, 1024, 1025, 65_535, 65_536, 65_537, 200_000}) {
            int[] numbers = new Random(size).ints(size).toArray();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            format.write(numbers, out);
            byte[] bytes = out.toByteArray();
            assertThat(format.read(new ByteArrayInputStream(bytes), "x")).isEqualTo(numbers);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.bin, RAW",
        "a.RAW, RAW",
        "x/a.i32, RAW",
        "a.txt, TEXT",
        "raw, TEXT",
        "a.bin/a, TEXT"
    })
    void theNameTellsTheFormat(String name, NumberFormat format) {
        assertThat(NumberFormat.of(Path.of(name))).isEqualTo(format);
    }
}
