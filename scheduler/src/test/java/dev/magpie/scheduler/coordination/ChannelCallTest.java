package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of several threads that wait, each is served without anybody who comes later (C10, C11). */
class ChannelCallTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int THREADS = 3;

    private final AtomicInteger served = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    private void start(Callable<?> wait) {
        for (int i = 0; i < THREADS; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    Object unused = wait.call();
                                    served.incrementAndGet();
                                } catch (Exception ex) {
                                    throw new AssertionError(ex);
                                }
                            });
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    @Test
    void eachReceiveLetsOneThreadSend() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        assertThat(channel.trySend(1) && channel.trySend(2)).isTrue();
        start(
                () -> {
                    channel.send(3);
                    return true;
                });
        await().atMost(LONG).until(() -> channel.toString().contains("senders=" + THREADS));
        for (int i = 1; i <= THREADS; i++) {
            int count = i;
            assertThat(channel.receive()).isNotNull();
            await().atMost(LONG).until(() -> served.get() == count && channel.size() == 2);
        }
    }

    @Test
    void eachSendLetsOneThreadReceive() {
        Channel<Integer> channel = Channel.bounded(2);
        start(channel::receive);
        await().atMost(LONG).until(() -> channel.toString().contains("receivers=" + THREADS));
        for (int i = 1; i <= THREADS; i++) {
            int count = i;
            assertThat(channel.trySend(i)).isTrue();
            await().atMost(LONG).until(() -> served.get() == count && channel.size() == 0);
        }
    }
}
