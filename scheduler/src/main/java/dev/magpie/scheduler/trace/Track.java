package dev.magpie.scheduler.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of one worker over the length of a recording. Immutable.
 *
 * @param worker the worker's index
 * @param name of its thread
 * @param events by beginning; an event that contains others stands before them
 * @param dropped how many older events were overwritten
 */
public record Track(int worker, String name, List<TraceEvent> events, long dropped) {

    private static final Comparator<TraceEvent> OUTER_FIRST =
            Comparator.comparingLong(TraceEvent::began)
                    .thenComparing(Comparator.comparingLong(TraceEvent::nanos).reversed())
                    .thenComparing(TraceEvent::kind);

    /**
     * Puts together what was recorded and what still went on at the end.
     *
     * @param worker the worker's index
     * @param name of its thread
     * @param buffer what was recorded
     * @param open what went on at the end, outer things first
     * @param from when the recording began
     * @param until when it ended
     * @return the track, which reaches from {@code from} to {@code until} at most
     */
    public static Track of(
            int worker,
            String name,
            EventBuffer buffer,
            List<TraceEvent> open,
            long from,
            long until) {
        List<TraceEvent> events = new ArrayList<>();
        for (TraceEvent event : buffer.read()) {
            if (event.touches(from, until)) {
                events.add(event.within(from, until));
            }
        }
        for (TraceEvent event : open) {
            TraceEvent part = event.within(from, until);
            if (part.nanos() > 0 && events.stream().noneMatch(part::overlaps)) {
                events.add(part);
            }
        }
        events.sort(OUTER_FIRST);
        return new Track(worker, name, List.copyOf(events), buffer.dropped());
    }
}
