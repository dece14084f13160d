package dev.magpie.scheduler.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTest {

    private final EventBuffer buffer = new EventBuffer(16);

    private static TraceEvent event(EventKind kind, long from, long until) {
        return new TraceEvent(kind, from, until - from, TraceEvent.NOBODY);
    }

    private void record(EventKind kind, long from, long until) {
        buffer.add(kind, from, until - from, TraceEvent.NOBODY);
    }

    private List<TraceEvent> track(TraceEvent... open) {
        return Track.of(0, "worker", buffer, List.of(open), 100, 200).events();
    }

    @Test
    void isCutOffWhereTheRecordingBeganAndEnded() {
        record(EventKind.SEARCH, 10, 20);
        record(EventKind.PARK, 50, 120);
        record(EventKind.RUN, 190, 230);
        record(EventKind.SEARCH, 230, 240);
        assertThat(track())
                .containsExactly(event(EventKind.PARK, 100, 120), event(EventKind.RUN, 190, 200));
    }

    @Test
    void outerEventsStandBeforeInnerOnes() {
        record(EventKind.SEARCH, 110, 120);
        record(EventKind.HELP, 120, 150);
        record(EventKind.RUN, 110, 150);
        assertThat(track())
                .extracting(TraceEvent::kind)
                .containsExactly(EventKind.RUN, EventKind.SEARCH, EventKind.HELP);
    }

    @Test
    void whatGoesOnAtTheEndEndsThere() {
        record(EventKind.SEARCH, 110, 120);
        assertThat(track(event(EventKind.RUN, 120, 200), event(EventKind.PARK, 130, 200)))
                .containsExactly(
                        event(EventKind.SEARCH, 110, 120),
                        event(EventKind.RUN, 120, 200),
                        event(EventKind.PARK, 130, 200));
    }

    @Test
    void whatWasRecordedInTheMeantimeIsNotToldTwice() {
        record(EventKind.RUN, 120, 199);
        assertThat(track(event(EventKind.RUN, 120, 200)))
                .containsExactly(event(EventKind.RUN, 120, 199));
    }
}
