package dev.magpie.scheduler.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * Writes tracks in the Trace Event Format that Perfetto and chrome://tracing open: one thread a
 * worker, complete events for what lasts, instant events for moments. Times are microseconds since
 * the recording began, with three decimals.
 *
 * <p>Source: "Trace Event Format", Google, 2016.
 */
public final class ChromeTrace {

    private static final int PROCESS = 1;

    private static final int NANOS_A_MICRO = 1000;

    private final Writer out;
    private final long from;
    private String separator = "";

    /**
     * Writes to {@code out}, which it does not close.
     *
     * @param out where to
     * @param from when the recording began, as {@link System#nanoTime} counts
     */
    public ChromeTrace(Writer out, long from) {
        this.out = out;
        this.from = from;
    }

    /**
     * Writes one JSON object and a line end.
     *
     * @param process the scheduler's name
     * @param tracks one a worker
     * @throws IOException if {@code out} fails
     */
    public void write(String process, List<Track> tracks) throws IOException {
        out.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
        metadata("process_name", 0, "\"name\":" + quoted(process));
        for (Track track : tracks) {
            int thread = threadOf(track.worker());
            metadata("thread_name", thread, "\"name\":" + quoted(track.name()));
            metadata("thread_sort_index", thread, "\"sort_index\":" + track.worker());
            for (TraceEvent event : track.events()) {
                event(thread, event);
            }
        }
        long dropped = tracks.stream().mapToLong(Track::dropped).sum();
        out.write("\n],\"otherData\":{\"droppedEvents\":\"" + dropped + "\"}}\n");
    }

    /** From 1 on: viewers take thread 0 for the idle one. */
    private static int threadOf(int worker) {
        return worker + 1;
    }

    private void metadata(String name, int thread, String argument) throws IOException {
        begin(name, "M", thread);
        out.write(",\"args\":{" + argument + "}}");
    }

    private void event(int thread, TraceEvent event) throws IOException {
        EventKind kind = event.kind();
        begin(kind.label(), kind.lasts() ? "X" : "i", thread);
        out.write(",\"ts\":" + micros(event.began() - from));
        out.write(kind.lasts() ? ",\"dur\":" + micros(event.nanos()) : ",\"s\":\"t\"");
        if (event.other() != TraceEvent.NOBODY) {
            out.write(",\"args\":{\"worker\":" + event.other() + "}");
        }
        out.write("}");
    }

    private void begin(String name, String phase, int thread) throws IOException {
        out.write(separator);
        separator = ",";
        out.write("\n{\"name\":\"" + name + "\",\"ph\":\"" + phase + "\",\"pid\":" + PROCESS);
        out.write(",\"tid\":" + thread);
    }

    private static String micros(long nanos) {
        String fraction = Long.toString(NANOS_A_MICRO + nanos % NANOS_A_MICRO).substring(1);
        return nanos / NANOS_A_MICRO + "." + fraction;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        letter -> {
                            if (letter < ' ' || letter == '"' || letter == '\\') {
                                quoted.append(String.format(Locale.ROOT, "\\u%04x", letter));
                            } else {
                                quoted.append((char) letter);
                            }
                        });
        return quoted.append('"').toString();
    }
}
