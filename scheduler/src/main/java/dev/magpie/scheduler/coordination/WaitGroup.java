package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts work that is under way, and lets threads wait until none is left; the counterpart of Go's
 * {@code sync.WaitGroup}. Unlike a {@link java.util.concurrent.CountDownLatch} it counts up as
 * well, and can be used again; unlike a {@link java.util.concurrent.Phaser} it has no parties.
 *
 * <pre>{@code
 * WaitGroup pages = new WaitGroup();
 * for (String url : seeds) {
 *     pages.add();
 *     scheduler.execute(() -> {
 *         try {
 *             fetch(url); // adds before it hands over what it found
 *         } finally {
 *             pages.done();
 *         }
 *     });
 * }
 * pages.await(); // nothing is under way any more
 * }</pre>
 *
 * <p>Add before the work is handed over, in the thread that hands it over; work that starts more
 * work adds before it is done itself. Then the count falls to zero once, when all is done.
 *
 * <p><b>Generations.</b> When the count falls to zero, all who wait are released, and a new
 * generation begins. Who begins to wait while the count is zero does not wait. What is added after
 * a release belongs to the next generation, and keeps nobody of the one before.
 *
 * <p><b>Threads.</b> Any. {@code add}, {@code done}, {@code isDone} and {@code count} are
 * lock-free; {@code isDone} and {@code count} are wait-free.
 *
 * <p><b>Memory.</b> Actions before {@code done} happen-before a return from {@code await}, {@code
 * isDone} answering true, and the stage of {@code whenDone} being completed, in its generation.
 */
public final class WaitGroup {

    /*
     * Edges C1 and C2: see the package documentation. All accesses are volatile or stronger.
     */
    private static final VarHandle WORD;
    private static final VarHandle RELEASE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(WaitGroup.class, "word", long.class);
            RELEASE = lookup.findVarHandle(WaitGroup.class, "release", Release.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile long word;

    /** What those wait for who wait in its generation; null if nobody does. */
    private volatile @Nullable Release release;

    /** A group that counts nothing yet. */
    public WaitGroup() {
        this(0);
    }

    /** A seam: tests begin near the end of the range. */
    WaitGroup(int generation) {
        word = GroupWord.empty(generation);
    }

    /** The end of one generation. */
    private static final class Release extends Source<@Nullable Void> {
        private final int generation;

        Release(int generation) {
            this.generation = generation;
        }

        void open() {
            boolean unused = complete(null); // somebody may have opened it
        }
    }

    // ---- counting

    /**
     * Counts one more. Lock-free.
     *
     * @throws IllegalStateException if the count would exceed {@link Integer#MAX_VALUE}; nothing
     *     was added
     */
    public void add() {
        add(1);
    }

    /**
     * Counts some more. Lock-free.
     *
     * @param count how many, 0 or more
     * @throws IllegalArgumentException if {@code count} is negative
     * @throws IllegalStateException if the count would exceed {@link Integer#MAX_VALUE}; nothing
     *     was added
     */
    public void add(int count) {
        Arguments.requireBetween("count", count, 0, GroupWord.MAX_COUNT);
        while (true) {
            long current = word;
            if (count > GroupWord.MAX_COUNT - GroupWord.count(current)) {
                throw new IllegalStateException(
                        "count must be at most "
                                + GroupWord.MAX_COUNT
                                + ", was "
                                + ((long) GroupWord.count(current) + count));
            }
            if (casWord(current, current + count)) {
                return;
            }
        }
    }

    /**
     * Counts one less; releases all who wait if none is left. Lock-free.
     *
     * @throws IllegalStateException if the count was zero
     */
    public void done() {
        done(1);
    }

    /**
     * Counts some less; releases all who wait if none is left. Lock-free. Stages that depend on
     * {@link #whenDone} without an executor run in the thread that calls.
     *
     * @param count how many, 1 or more
     * @throws IllegalArgumentException if {@code count} is less than 1
     * @throws IllegalStateException if the count would fall below zero; nothing was subtracted
     */
    public void done(int count) {
        Arguments.requireBetween("count", count, 1, GroupWord.MAX_COUNT);
        while (true) {
            long current = word;
            int left = GroupWord.count(current) - count;
            if (left < 0) {
                throw new IllegalStateException(
                        "count must be at least 0, was " + left + ": more was done than added");
            }
            boolean isAwaited = left == 0 && GroupWord.hasWaiters(current);
            if (isAwaited) {
                Headroom.ensureForChange();
            }
            if (casWord(current, left == 0 ? GroupWord.next(current) : current - count)) { // C2
                if (isAwaited) {
                    openAfter(GroupWord.generation(current));
                }
                return;
            }
        }
    }

    /**
     * Adds one, hands a command over, and counts it as done when it has run, however it ended, or
     * when the executor rejected it. What an executor accepts and never runs stays counted.
     *
     * @param executor runs the command
     * @param command what to run
     * @throws java.util.concurrent.RejectedExecutionException if the executor rejects the command
     * @throws RuntimeException what the command throws, if the executor runs it in the caller
     * @throws IllegalStateException if the count would exceed {@link Integer#MAX_VALUE}
     */
    public void execute(Executor executor, Runnable command) {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(command, "command");
        add();
        AtomicBoolean isCounted = new AtomicBoolean();
        boolean accepted = false;
        try {
            executor.execute(
                    () -> {
                        try {
                            command.run();
                        } finally {
                            doneUnless(isCounted);
                        }
                    });
            accepted = true;
        } finally {
            if (!accepted) {
                doneUnless(isCounted); // it is if the command has failed in this thread
            }
        }
    }

    private void doneUnless(AtomicBoolean isCounted) {
        if (!isCounted.getAndSet(true)) {
            done();
        }
    }

    // ---- looking

    /**
     * How many are under way.
     *
     * @return the count of a moment ago
     */
    public int count() {
        return GroupWord.count(word);
    }

    /**
     * Whether none is under way.
     *
     * @return whether the count is zero
     */
    public boolean isDone() {
        return count() == 0; // C2
    }

    // ---- waiting

    /**
     * Waits until none is under way; at once if none is.
     *
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public void await() throws InterruptedException {
        Waits.throwIfInterrupted();
        Release open = register();
        if (open != null) {
            Waits.await(open);
        }
    }

    /**
     * Waits until none is under way, for a limited time; at once if none is.
     *
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether none was under way before the time was over
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        Waits.throwIfInterrupted();
        Release open = register();
        return open == null || Waits.awaitNanos(open, nanos);
    }

    /**
     * The end of this generation.
     *
     * @return a stage that is completed when none is under way any more; already so if none is. To
     *     complete or cancel its future has no effect on others, and leaves nothing behind
     */
    public CompletionStage<@Nullable Void> whenDone() {
        Release open = register();
        return open == null ? CompletableFuture.completedStage(null) : open.copy();
    }

    /** Finds what to wait for; null if there is nothing to wait for. */
    private @Nullable Release register() {
        long current = word;
        if (GroupWord.count(current) == 0) {
            return null; // C2
        }
        int generation = GroupWord.generation(current);
        Release mine = releaseOf(generation);
        if (mine == null) {
            return null;
        }
        current = word; // C1: read again, since the generation may be over, and its release opened
        while (GroupWord.generation(current) == generation) {
            if (GroupWord.hasWaiters(current) || casWord(current, current | GroupWord.WAITING)) {
                return mine; // C1: whoever ends the generation sees the bit, and then the release
            }
            current = word;
        }
        remove(mine);
        return null;
    }

    /** Finds or installs the release of a generation; null if that is over. */
    private @Nullable Release releaseOf(int generation) {
        while (true) {
            Release found = release;
            int age = found == null ? -1 : found.generation - generation;
            if (age == 0) {
                return found;
            }
            if (age > 0) {
                return null; // a later one has begun
            }
            Release fresh = new Release(generation);
            if (RELEASE.compareAndSet(this, found, fresh)) {
                if (found != null) {
                    found.open(); // C1: its generation is over, and nobody else may find it now
                }
                return fresh;
            }
        }
    }

    /** Opens what those wait for who wait in a generation that is over. */
    private void openAfter(int generation) {
        Release found = release;
        if (found != null && found.generation - generation <= 0) {
            remove(found); // else who installed the newer one has opened it
        }
    }

    private void remove(Release over) {
        boolean unused = RELEASE.compareAndSet(this, over, null);
        over.open();
    }

    private boolean casWord(long expected, long next) {
        return WORD.compareAndSet(this, expected, next);
    }

    @Override
    public String toString() {
        return "WaitGroup[" + GroupWord.toString(word) + "]";
    }
}
