package dev.magpie.scheduler.coordination;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a send to a channel that is closed, and by a receive from one that is closed and empty.
 * Its cause is what the channel was closed with.
 */
public final class ChannelClosedException extends IllegalStateException {

    @Serial private static final long serialVersionUID = 1L;

    ChannelClosedException(@Nullable Throwable cause) {
        super("channel must be open, was closed" + (cause == null ? "" : ": " + cause), cause);
    }
}
