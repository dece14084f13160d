package dev.magpie.examples.crawl;

import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a host when the next of its delays is over.
 *
 * <p><b>Threads.</b> All but {@link #disarm} belongs to the host's turn.
 *
 * <p><b>Edge H3.</b> A turn sets its alarm before it looks whether the crawl is closed, and the
 * crawl is closed before alarms are disarmed: one of the two cancels it, so that no delay keeps the
 * engine from ending.
 */
final class HostAlarm {

    private final Crawl crawl;
    private final LongConsumer action;

    private volatile @Nullable Future<?> alarm;

    // the turn's own
    private boolean isArmed;
    private long armedFor;

    /** Calls {@code action} with the time that was wanted. */
    HostAlarm(Crawl crawl, LongConsumer action) {
        this.crawl = crawl;
        this.action = action;
    }

    /** Calls at a time, unless it calls sooner. */
    void wakeAt(long time) {
        if (isArmed && armedFor - time <= 0) {
            return;
        }
        isArmed = true;
        armedFor = time;
        disarm();
        alarm = crawl.after(time - System.nanoTime(), () -> action.accept(time));
        if (crawl.isClosed()) { // H3
            disarm();
        }
    }

    /** It has called, or an older one has. */
    void onTick() {
        isArmed = isArmed && armedFor - System.nanoTime() > 0;
    }

    /** Calls no more; any thread, once the crawl is closed. */
    void disarm() {
        Future<?> armed = alarm; // H3
        if (armed != null) {
            boolean unused = armed.cancel(false);
        }
    }
}
