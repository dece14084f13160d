package dev.magpie.scheduler.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventBufferTest {

    @Test
    void keepsWhatWasAddedInOrder() {
        EventBuffer buffer = new EventBuffer(4);
        buffer.add(EventKind.SEARCH, Long.MIN_VALUE, 7, TraceEvent.NOBODY);
        buffer.add(EventKind.STEAL, 20, 0, 32_766);
        assertThat(buffer.read())
                .containsExactly(
                        new TraceEvent(EventKind.SEARCH, Long.MIN_VALUE, 7, TraceEvent.NOBODY),
                        new TraceEvent(EventKind.STEAL, 20, 0, 32_766));
        assertThat(buffer.dropped()).isZero();
    }

    @Test
    void emptyIsEmpty() {
        assertThat(new EventBuffer(1).read()).isEmpty();
    }

    @Test
    void keepsExactlyItsCapacityAndCountsWhatItDropped() {
        EventBuffer buffer = new EventBuffer(3);
        for (int i = 1; i <= 8; i++) {
            buffer.add(EventKind.RUN, i, i, TraceEvent.NOBODY);
            assertThat(buffer.read()).hasSize(Math.min(i, 3));
        }
        assertThat(buffer.read()).extracting(TraceEvent::began).containsExactly(6L, 7L, 8L);
        assertThat(buffer.dropped()).isEqualTo(5);
    }

    /** Each event repeats its number, so that one mixed of two would show. */
    @Test
    void readerMeetsNoHalfWrittenEvent() throws Exception {
        EventBuffer buffer = new EventBuffer(16);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer =
                new Thread(
                        () -> {
                            for (long i = 0; !over.get(); i++) {
                                buffer.add(EventKind.RUN, i, i, (int) i);
                            }
                        });
        writer.start();
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            long last = -1;
            while (System.nanoTime() < end) {
                List<TraceEvent> events = buffer.read();
                long before = -1;
                for (TraceEvent event : events) {
                    assertThat(event.nanos()).isEqualTo(event.began());
                    assertThat(event.other()).isEqualTo((int) event.began());
                    assertThat(before < 0 || event.began() == before + 1).isTrue();
                    before = event.began();
                }
                assertThat(events.isEmpty() || before >= last).isTrue();
                last = Math.max(before, last);
            }
            assertThat(last).isPositive();
        } finally {
            over.set(true);
            writer.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(writer.isAlive()).isFalse();
    }
}
