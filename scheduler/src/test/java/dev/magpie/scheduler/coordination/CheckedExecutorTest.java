package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Executors that reject by a checked exception, as those in languages that do not check: rejected
 * is rejected.
 */
class CheckedExecutorTest {

    private final Executor rejects =
            command -> {
                throw CheckedExecutorTest.<RuntimeException>unchecked(new IOException("planned"));
            };

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // unchecked
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void allWhoWaitAtAChannelAreTold() {
        Channel<Integer> channel = Channel.unbounded(rejects);
        List<CompletableFuture<Integer>> waits =
                List.of(channel.receiveAsync(), channel.receiveAsync(), channel.receiveAsync());
        channel.close();
        assertThat(waits).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aSemaphoreGoesOnHandingOut() {
        AsyncSemaphore mutex = new AsyncSemaphore(1, rejects);
        assertThat(mutex.tryAcquire()).isTrue();
        List<CompletableFuture<Void>> requests =
                List.of(mutex.acquireAsync(), mutex.acquireAsync());
        mutex.release();
        mutex.release();
        assertThat(requests).allMatch(CompletableFuture::isDone);
        mutex.release();
        assertThat(mutex.tryAcquire()).isTrue();
    }

    @Test
    void anEpochGoesOnRunningWhatIsRetired() {
        AtomicInteger ran = new AtomicInteger();
        Epoch epoch = new Epoch(rejects);
        epoch.retire(ran::incrementAndGet);
        epoch.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(2);
    }

    @Test
    void aLazyValueCanBeAskedForAgain() throws Exception {
        LazyMap<Integer, Integer> squares = LazyMap.of(key -> key * key);
        assertThatThrownBy(() -> squares.getAsync(3, rejects)).isInstanceOf(IOException.class);
        assertThat(squares.get(3, 10, TimeUnit.SECONDS)).isEqualTo(9);
    }

    @Test
    void anInitialiserMayThrowThemToo() {
        Lazy<Integer> fails =
                Lazy.of(
                        () -> {
                            throw CheckedExecutorTest.<RuntimeException>unchecked(
                                    new IOException("planned"));
                        });
        assertThat(fails.getAsync(Runnable::run)).isCompletedExceptionally();
    }
}
