package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls with next to no stack left: each happens, or throws and has not; nobody hangs later. */
class DeepStackTest {

    private static final int WAITING = 3;
    private static final long STACK = 512 * 1024;

    /** So many frames from the end of the stack an operation is tried. */
    private static final int FRAMES = 300;

    private static final Exception OVER = new Exception("over");

    /** One operation on a channel, and those who wait there meanwhile. */
    private static final class Subject {
        final Channel<Integer> channel;
        final List<CompletableFuture<?>> waits = new ArrayList<>();

        Subject(ChannelKind kind) {
            channel = kind.create(Runnable::run);
        }

        Subject withReceivers() {
            for (int i = 0; i < WAITING; i++) {
                waits.add(channel.receiveAsync());
            }
            return this;
        }

        Subject withSenders() {
            for (int i = 0; i < WAITING + 1; i++) {
                waits.add(channel.sendAsync(i));
            }
            return this;
        }

        void run(Operation operation) {
            try {
                operation.run(this);
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }

        /** Nobody holds the lock, and all who wait are told of the end. */
        void end() {
            channel.close(OVER);
            assertThat(channel.isClosed()).isTrue();
            int unused = channel.drainTo(new ArrayList<>());
            assertThat(waits).allMatch(CompletableFuture::isDone);
        }
    }

    private interface Operation {
        void run(Subject subject) throws InterruptedException;
    }

    @ParameterizedTest
    @EnumSource(names = {"RENDEZVOUS", "BOUNDED_1", "UNBOUNDED"})
    void receivesThatOverflowLeaveTheChannelWhole(ChannelKind kind) {
        check(
                () -> new Subject(kind),
                subject -> subject.waits.add(subject.channel.receiveAsync()));
        check(
                () -> new Subject(kind).withSenders(),
                subject -> subject.waits.add(subject.channel.receiveAsync()));
        check(() -> new Subject(kind).withSenders(), subject -> subject.channel.tryReceive());
        check(
                () -> new Subject(kind),
                subject -> subject.channel.receive(1, TimeUnit.MICROSECONDS));
    }

    @ParameterizedTest
    @EnumSource(names = {"RENDEZVOUS", "BOUNDED_1", "UNBOUNDED"})
    void sendsThatOverflowLeaveTheChannelWhole(ChannelKind kind) {
        check(
                () -> new Subject(kind).withReceivers(),
                subject -> subject.waits.add(subject.channel.sendAsync(7)));
        check(
                () -> new Subject(kind).withSenders(),
                subject -> subject.waits.add(subject.channel.sendAsync(7)));
        check(() -> new Subject(kind).withReceivers(), subject -> subject.channel.trySend(7));
        check(
                () -> new Subject(kind).withSenders(),
                subject -> subject.channel.send(7, 1, TimeUnit.MICROSECONDS));
    }

    @ParameterizedTest
    @EnumSource(names = {"RENDEZVOUS", "BOUNDED_1", "UNBOUNDED"})
    void whoGivesUpOrClosesLeavesTheChannelWhole(ChannelKind kind) {
        check(
                () -> new Subject(kind).withReceivers(),
                subject -> subject.waits.get(0).cancel(false));
        check(() -> new Subject(kind).withReceivers(), subject -> subject.channel.close(OVER));
        check(() -> new Subject(kind).withSenders(), subject -> subject.channel.close(OVER));
    }

    @ParameterizedTest
    @EnumSource(names = {"RENDEZVOUS", "BOUNDED_1", "UNBOUNDED"})
    void selectsThatOverflowLeaveTheChannelWhole(ChannelKind kind) {
        check(
                () -> new Subject(kind),
                subject ->
                        Select.<Integer>fair()
                                .onReceive(subject.channel, element -> element)
                                .select(1, TimeUnit.MICROSECONDS, () -> 0));
        check(
                () -> new Subject(kind).withSenders(),
                subject ->
                        subject.waits.add(
                                Select.<Integer>fair()
                                        .onReceive(subject.channel, element -> element)
                                        .selectAsync(Runnable::run)));
    }

    private static void check(Supplier<Subject> maker, Operation operation) {
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i <= FRAMES; i++) {
            subjects.add(maker.get());
        }
        atTheEndOfAStack(number -> () -> subjects.get(number).run(operation));
        within(() -> subjects.forEach(Subject::end));
    }

    @Test
    void aSemaphoreGoesOnHandingOut() {
        List<AsyncSemaphore> semaphores = new ArrayList<>();
        List<CompletableFuture<?>> requests = new ArrayList<>();
        for (int i = 0; i < 2 * (FRAMES + 1); i++) {
            semaphores.add(busySemaphore(requests));
        }
        atTheEndOfAStack(number -> () -> semaphores.get(number).release());
        atTheEndOfAStack(
                number -> () -> requests.add(semaphores.get(FRAMES + 1 + number).acquireAsync()));
        for (AsyncSemaphore semaphore : semaphores) {
            while (semaphore.availablePermits() < 2) {
                semaphore.release();
            }
            assertThat(semaphore.getQueueLength()).isZero();
        }
        assertThat(requests).allMatch(CompletableFuture::isDone);
    }

    private static AsyncSemaphore busySemaphore(List<CompletableFuture<?>> requests) {
        AsyncSemaphore semaphore = new AsyncSemaphore(2, Runnable::run);
        assertThat(semaphore.tryAcquire(2)).isTrue();
        requests.add(semaphore.acquireAsync());
        requests.add(semaphore.acquireAsync());
        return semaphore;
    }

    @Test
    void aKeyThatCouldNotBeAwaitedIsForgotten() {
        KeyedSemaphore<Integer> semaphore = new KeyedSemaphore<>(1, Runnable::run);
        List<CompletableFuture<?>> requests = new ArrayList<>();
        for (int i = 0; i <= FRAMES; i++) {
            assertThat(semaphore.tryAcquire(i)).isTrue();
        }
        atTheEndOfAStack(number -> () -> requests.add(semaphore.acquireAsync(number)));
        for (int i = 0; i <= FRAMES; i++) {
            while (semaphore.availablePermits(i) == 0) {
                semaphore.release(i);
            }
        }
        assertThat(requests).allMatch(CompletableFuture::isDone);
        assertThat(semaphore.activeKeys()).isZero();
    }

    @Test
    void whoWaitsForAGroupIsReleased() {
        List<WaitGroup> groups = new ArrayList<>();
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int i = 0; i <= FRAMES; i++) {
            WaitGroup group = new WaitGroup();
            group.add();
            groups.add(group);
            ends.add(group.whenDone().toCompletableFuture());
            ends.add(group.whenDone().toCompletableFuture());
        }
        atTheEndOfAStack(number -> () -> groups.get(number).done());
        for (WaitGroup group : groups) {
            if (!group.isDone()) {
                group.done();
            }
        }
        assertThat(ends).allMatch(CompletableFuture::isDone);
    }

    @Test
    void anEpochGoesOnRunningWhatIsRetired() {
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 0; i <= FRAMES; i++) {
            epochs.add(new Epoch());
        }
        atTheEndOfAStack(number -> () -> epochs.get(number).retire(() -> {}));
        for (Epoch epoch : epochs) {
            assertThat(epoch.gracePeriod().toCompletableFuture()).isDone();
            assertThat(epoch.pendingCount()).isZero();
        }
    }

    @Test
    void aKeyedSemaphoreIsReleasedAsAWhole() {
        KeyedSemaphore<Integer> semaphore = new KeyedSemaphore<>(1, Runnable::run);
        for (int i = 0; i <= FRAMES; i++) {
            assertThat(semaphore.tryAcquire(i)).isTrue();
        }
        atTheEndOfAStack(number -> () -> semaphore.release(number));
        for (int i = 0; i <= FRAMES; i++) {
            if (semaphore.availablePermits(i) == 0) {
                semaphore.release(i);
            }
        }
        assertThat(semaphore.activeKeys()).isZero();
    }

    @Test
    void aLazyValueIsThereOrCanBeAskedForAgain() throws Exception {
        List<Lazy<Integer>> values = new ArrayList<>();
        LazyMap<Integer, Integer> map = LazyMap.of(key -> List.of(key, key).get(1));
        LazyMap<Integer, Integer> async = LazyMap.of(key -> List.of(key, key).get(1));
        for (int i = 0; i <= FRAMES; i++) {
            int number = i;
            values.add(Lazy.of(() -> List.of(number, number).get(1)));
        }
        atTheEndOfAStack(number -> () -> assertThat(values.get(number).get()).isEqualTo(number));
        atTheEndOfAStack(number -> () -> assertThat(map.get(number)).isEqualTo(number));
        atTheEndOfAStack(number -> () -> async.getAsync(number, Runnable::run));
        for (int i = 0; i <= FRAMES; i++) { // a time-out if an attempt never ends
            assertThat(values.get(i).get(1, TimeUnit.SECONDS)).isEqualTo(i);
            assertThat(map.get(i, 1, TimeUnit.SECONDS)).isEqualTo(i);
            assertThat(async.get(i, 1, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    /**
     * Runs something in each of the last frames of a stack, the deepest first. The operation of the
     * last number runs before, and links what all of them call.
     */
    private static void atTheEndOfAStack(IntFunction<Runnable> maker) {
        Runnable[] operations = new Runnable[FRAMES];
        Arrays.setAll(operations, maker);
        maker.apply(FRAMES).run();
        FutureTask<Integer> deep = new FutureTask<>(() -> descend(operations));
        Thread thread = new Thread(null, deep, "deep", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            assertThat(deep.get(60, TimeUnit.SECONDS)).isGreaterThan(FRAMES);
        } catch (InterruptedException | ExecutionException | TimeoutException ex) {
            throw new AssertionError(ex);
        }
    }

    /** Returns the number of frames from here to the end. */
    private static int descend(Runnable[] operations) {
        int height = 0;
        try {
            height = descend(operations) + 1;
            if (height < operations.length) {
                operations[height].run();
            }
        } catch (StackOverflowError ex) {
            return height;
        }
        return height;
    }

    private static void within(Runnable action) {
        try {
            boolean unused = Threads.start(() -> Boolean.valueOf(done(action))).get();
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private static boolean done(Runnable action) {
        action.run();
        return true;
    }
}
