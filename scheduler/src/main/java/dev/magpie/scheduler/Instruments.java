package dev.magpie.scheduler;

import dev.magpie.scheduler.trace.EventBuffer;
import dev.magpie.scheduler.trace.SubmissionWaits;
import dev.magpie.scheduler.trace.TraceEvent;
import dev.magpie.scheduler.trace.Track;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one pool is watched with: a probe in each worker, the timeline that is recorded, the waits
 * of submissions, and what ends with the pool. Thread-safe.
 */
final class Instruments {

    /** One worker's probe, and where its events go while a timeline is recorded. */
    private static final class Channel {

        final String name;
        final WorkerProbe probe;
        @Nullable EventBuffer buffer;

        Channel(String name, WorkerProbe probe) {
            this.name = name;
            this.probe = probe;
        }

        void open(EventBuffer target) {
            buffer = target;
            probe.attach(target);
        }
    }

    private final SubmissionWaits waits = new SubmissionWaits();

    private final SortedMap<Integer, Channel> channels = new TreeMap<>(); // guarded by this
    private final List<Runnable> endings = new ArrayList<>(); // guarded by this
    private @Nullable Timeline timeline; // guarded by this
    private boolean ended; // guarded by this

    /** A probe for a new worker; of two with the same index the first was never started. */
    synchronized WorkerProbe probe(int worker, String name) {
        Channel channel = new Channel(name, new WorkerProbe(worker, waits));
        if (timeline != null) {
            channel.open(new EventBuffer(timeline.eventsPerWorker()));
        }
        channels.put(worker, channel);
        return channel.probe;
    }

    /** A submission is about to be put where workers find it. */
    void enqueued(Task<?> task) {
        waits.enqueued(task);
    }

    // ---- the timeline

    synchronized void start(Timeline wanted) {
        if (timeline != null) {
            throw new IllegalStateException(
                    "a scheduler records one timeline at a time; stop the one that runs first");
        }
        List<EventBuffer> buffers = new ArrayList<>(); // all of them, or none is kept
        for (int i = channels.size(); i > 0; i--) {
            buffers.add(new EventBuffer(wanted.eventsPerWorker()));
        }
        Iterator<EventBuffer> next = buffers.iterator();
        channels.values().forEach(channel -> channel.open(next.next()));
        VarHandle.fullFence(); // seen by the workers before the caller goes on
        timeline = wanted;
    }

    /** Detaches the timeline from the workers, and returns what they recorded for it. */
    synchronized List<Track> stop(Timeline running) {
        List<Track> tracks = new ArrayList<>();
        if (timeline != running) {
            return tracks;
        }
        timeline = null;
        long from = running.began();
        channels.forEach(
                (worker, channel) -> {
                    EventBuffer buffer = channel.buffer;
                    if (buffer != null) {
                        List<TraceEvent> open = channel.probe.open(from);
                        channel.probe.attach(null); // not before: what ended would be in neither
                        long until = System.nanoTime();
                        tracks.add(Track.of(worker, channel.name, buffer, open, from, until));
                    }
                    channel.buffer = null;
                });
        return tracks;
    }

    // ---- the end

    /** Has something done when the last worker has ended; at once if it has. */
    void atEnd(Runnable ending) {
        synchronized (this) {
            if (!ended) {
                endings.add(ending);
                return;
            }
        }
        ending.run();
    }

    /** The last worker ends. */
    void poolEnds() {
        List<Runnable> due;
        synchronized (this) {
            ended = true;
            due = List.copyOf(endings);
            endings.clear();
        }
        due.forEach(Runnable::run);
    }
}
