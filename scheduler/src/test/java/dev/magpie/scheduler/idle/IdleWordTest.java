package dev.magpie.scheduler.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Each operation on a field of the word leaves the others as they are, wherever the version stands:
 * what went wrong in JDK-8330017, where a count leaked into its neighbour after weeks.
 */
class IdleWordTest {

    private static final long ALL_BITS = 0xffff_ffffL;

    @Test
    void fieldsDoNotLeakIntoEachOther() {
        SplittableRandom random = new SplittableRandom(8_330_017);
        long word = ALL_BITS << 32; // the version's end: the next one wraps around
        int version = -1;
        int top = -1;
        int searching = 0;
        for (int step = 0; step < 1_000_000; step++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    top = random.nextInt(-1, IdleWord.MAX_WORKERS);
                    word = IdleWord.withTop(word, top, ALL_BITS);
                    version++;
                }
                case 1 -> {
                    if (searching < IdleWord.MAX_WORKERS) {
                        word += IdleWord.ONE_SEARCHING;
                        searching++;
                    }
                }
                default -> {
                    if (searching > 0) {
                        word -= IdleWord.ONE_SEARCHING;
                        searching--;
                    }
                }
            }
            assertThat(IdleWord.top(word)).isEqualTo(top);
            assertThat(IdleWord.isEmpty(word)).isEqualTo(top == -1);
            assertThat(IdleWord.searching(word)).isEqualTo(searching);
            assertThat(IdleWord.version(word)).isEqualTo(version);
        }
    }

    @Test
    void allFieldsAtTheirLargest() {
        long word = IdleWord.withTop(0, IdleWord.MAX_WORKERS - 1, ALL_BITS);
        word += IdleWord.MAX_WORKERS * IdleWord.ONE_SEARCHING;
        assertThat(IdleWord.top(word)).isEqualTo(IdleWord.MAX_WORKERS - 1);
        assertThat(IdleWord.searching(word)).isEqualTo(IdleWord.MAX_WORKERS);
        assertThat(IdleWord.version(word)).isEqualTo(1);
    }
}
