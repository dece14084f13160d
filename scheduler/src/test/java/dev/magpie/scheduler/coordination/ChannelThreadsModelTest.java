package dev.magpie.scheduler.coordination;

import dev.magpie.scheduler.ModelThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Several threads that wait at one side of a channel are all served, and nothing is lost or comes
 * twice, under the schedules that a model checker tries. A lost wake-up is for {@link
 * ChannelCallTest}.
 *
 * <p>Assumes sequential consistency.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class ChannelThreadsModelTest {

    private static final int INVOCATIONS = Boolean.getBoolean("magpie.long") ? 2_000 : 60;

    /** Two threads wait to send while the elements are received: one of them is called. */
    private static void threadsSend() {
        Channel<Integer> channel = Channel.bounded(1, Runnable::run);
        require(channel.trySend(0), "no room");
        Thread one = new ModelThread(() -> send(channel, 1));
        Thread other = new ModelThread(() -> send(channel, 2));
        one.start();
        other.start();
        int sum = receive(channel) + receive(channel) + receive(channel);
        join(one);
        join(other);
        require(sum == 3 && channel.size() == 0, "an element was lost, or came twice");
    }

    /** Two threads wait to receive while elements are sent. */
    private static void threadsReceive() {
        Channel<Integer> channel = Channel.bounded(2, Runnable::run);
        AtomicInteger sum = new AtomicInteger();
        Thread one = new ModelThread(() -> sum.addAndGet(receive(channel)));
        Thread other = new ModelThread(() -> sum.addAndGet(receive(channel)));
        one.start();
        other.start();
        send(channel, 1);
        send(channel, 2);
        join(one);
        join(other);
        require(sum.get() == 3, "an element was lost, or came twice");
    }

    private static void send(Channel<Integer> channel, int element) {
        try {
            channel.send(element);
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static int receive(Channel<Integer> channel) {
        try {
            return channel.receive();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void noThreadThatWaitsToSendIsForgotten() {
        Lincheck.runConcurrentTest(INVOCATIONS, ChannelThreadsModelTest::threadsSend);
    }

    @Test
    void noThreadThatWaitsToReceiveIsForgotten() {
        Lincheck.runConcurrentTest(INVOCATIONS, ChannelThreadsModelTest::threadsReceive);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
