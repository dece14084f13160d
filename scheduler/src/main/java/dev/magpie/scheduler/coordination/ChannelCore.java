package dev.magpie.scheduler.coordination;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How a channel moves elements.
 *
 * <p><b>Algorithm.</b> Elements go through a buffer without a lock while nobody waits at that side.
 * Who has to wait is listed, under the lock; whoever adds or takes an element while somebody waits
 * at the other side matches the lists with the buffer, under the lock as well, or calls the first
 * of several threads that wait to do so. A rendezvous has no buffer: all of it happens under the
 * lock.
 *
 * <p><b>Invariants</b>, whenever the lock is free: M1. {@code senders} and {@code receivers} are
 * not 0 while somebody is listed. M2. A sender is listed only while the buffer is full, or the one
 * whose turn it is has not finished and will match, or a listed one is called and will; likewise a
 * receiver only while it is empty. M3. The buffer is sealed once the channel is closed and no
 * sender is listed, before {@code senders} becomes 0.
 *
 * <p><b>Edges.</b> C5, C6 and C10: see the package documentation.
 *
 * <p><b>Threads.</b> Any. The lock is held for a number of instructions that grows with the number
 * of those who wait, and by nobody who runs code of a user.
 */
final class ChannelCore<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final WaitList<T> senderList = new WaitList<>(); // guarded by lock
    private final WaitList<T> receiverList = new WaitList<>(); // guarded by lock

    private final @Nullable Ring<T> ring;
    private final @Nullable LinkedBuffer<T> linked;
    private final @Nullable Executor executor;

    /** How many are listed; written under the lock. C6. */
    private volatile int senders;

    private volatile int receivers;

    /**
     * Whether a listed sender was called to match, and nobody has since. Written under the lock;
     * C10.
     */
    private volatile boolean senderCalled;

    /** The same of receivers. */
    private volatile boolean receiverCalled;

    /** Written under the lock. */
    private volatile boolean closed;

    private volatile boolean sealed;
    private volatile @Nullable Throwable cause;

    /** Those that are to be completed when the lock is free. Guarded by lock. */
    private @Nullable Entry<T> settled;

    ChannelCore(
            @Nullable Ring<T> ring, @Nullable LinkedBuffer<T> linked, @Nullable Executor executor) {
        this.ring = ring;
        this.linked = linked;
        this.executor = executor;
    }

    /** One that waits here and nowhere else. */
    private final class Single extends Entry<T> {
        private final Wait typed;
        private final boolean sends;

        Single(Wait wait, boolean sends, @Nullable T element) {
            super(wait, element);
            typed = wait;
            this.sends = sends;
            wait.entry = this;
        }

        @Override
        void finish() {
            ChannelClosedException failure = failure();
            if (failure != null) {
                typed.fail(failure);
            } else {
                typed.hand(element());
            }
        }
    }

    /** What it waits for: null if it sends, an element if it receives. */
    final class Wait extends Promise<@Nullable T> {
        private @Nullable Single entry;

        /** Set under the lock, cleared by the thread that waits. C10. */
        private volatile boolean called;

        Wait(@Nullable Executor executor) {
            super(executor);
        }

        @Override
        boolean attend() {
            if (!called || isDone()) {
                return false;
            }
            called = false;
            match(); // C10: as it was called to
            return true;
        }

        @Override
        void gone() {
            Single single = entry;
            if (single != null) {
                forget(single, single.sends);
            }
        }
    }

    // ---- without waiting

    private boolean hasBuffer() {
        return ring != null || linked != null;
    }

    private boolean offer(T element) {
        return ring != null ? ring.offer(element) : linked != null && linked.offer(element);
    }

    private @Nullable T poll() {
        return ring != null ? ring.poll() : linked != null ? linked.poll() : null;
    }

    /** False only if there was no room: who waits relies on it. C6. */
    private boolean offerStrictly(T element) {
        return ring != null ? ring.offerStrictly(element) : linked != null && linked.offer(element);
    }

    /** Null only if there was nothing: who waits relies on it. C6. */
    private @Nullable T pollStrictly() {
        return ring != null ? ring.pollStrictly() : linked != null ? linked.poll() : null;
    }

    private boolean bufferIsEmpty() {
        return ring != null ? ring.isEmpty() : linked == null || linked.isEmpty();
    }

    /**
     * The path without a lock: false if there is no room, somebody waits to send, or it is closed.
     */
    boolean sendFast(T element) {
        if (senders != 0) {
            return false;
        }
        if (receiversWait()) {
            Headroom.ensureForChange();
        }
        if (!offer(element)) {
            return false;
        }
        if (receiversWait()) { // C6, C10: after the element is accepted
            call(receiverList);
        }
        return true;
    }

    /** The path without a lock: null if there is nothing, or somebody else waits for it. */
    @Nullable T receiveFast() {
        if (receivers != 0) {
            return null;
        }
        if (sendersWait()) {
            Headroom.ensureForChange();
        }
        T element = poll();
        if (element != null && sendersWait()) { // C6, C10: after it is taken
            call(senderList);
        }
        return element;
    }

    /**
     * Whether to call for those who wait to receive, once the buffer has changed. Asked before,
     * too: without room on the stack for the call, the buffer must not change.
     */
    private boolean receiversWait() {
        return receivers != 0 && !receiverCalled;
    }

    /** The same of those who wait to send. */
    private boolean sendersWait() {
        return senders != 0 && !senderCalled;
    }

    /** Whether a look or two may save a wait: nobody is listed, and something may come. */
    boolean maySpin() {
        return hasBuffer() && (senders | receivers) == 0 && !sealed;
    }

    /**
     * Sends if nobody has to wait for it.
     *
     * @throws ChannelClosedException if the channel is closed
     */
    boolean trySend(T element) {
        if (senders == 0 && ring != null) {
            if (receiversWait()) {
                Headroom.ensureForChange();
            }
            if (ring.offerStrictly(element)) {
                if (receiversWait()) { // C6, C10
                    call(receiverList);
                }
                return true;
            }
            if (!closed) { // full: a ring that is sealed belongs to a channel that is closed
                return false;
            }
        } else if (sendFast(element)) {
            return true;
        }
        lock();
        boolean sent;
        try {
            requireOpen();
            sent = sendLocked(element);
            matchLocked();
        } finally {
            unlockAndFinish();
        }
        return sent;
    }

    private boolean sendLocked(T element) {
        matchLocked();
        if (!senderList.isEmpty()) {
            return false;
        }
        return hasBuffer() ? offerStrictly(element) : handToReceiver(element, null);
    }

    /**
     * Receives if nobody has to wait for it; null if there is nothing.
     *
     * @throws ChannelClosedException if the channel is closed and empty
     */
    @Nullable T tryReceive() {
        if (receivers == 0) {
            if (sendersWait()) {
                Headroom.ensureForChange();
            }
            T element = pollStrictly();
            if (element != null) {
                if (sendersWait()) { // C6, C10
                    call(senderList);
                }
                return element;
            }
            if (senders == 0 && !closed) {
                return null;
            }
        }
        lock();
        T element;
        try {
            matchLocked();
            element = receiverList.isEmpty() ? receiveLocked() : null;
            matchLocked();
            if (element == null && sealed && receiverList.isEmpty() && bufferIsEmpty()) {
                throw new ChannelClosedException(cause);
            }
        } finally {
            unlockAndFinish();
        }
        return element;
    }

    private @Nullable T receiveLocked() {
        return hasBuffer() ? pollStrictly() : takeFromSender();
    }

    // ---- waiting

    /** What a thread waits for, whose turn comes when it may send. */
    Wait enlistSender(T element, @Nullable Executor where) {
        Wait wait = new Wait(where);
        enlist(new Single(wait, true, element), true);
        return wait;
    }

    Wait enlistReceiver(@Nullable Executor where) {
        Wait wait = new Wait(where);
        enlist(new Single(wait, false, null), false);
        return wait;
    }

    Executor asyncExecutor() {
        return executor == null ? AsyncSemaphore.defaultExecutor() : executor;
    }

    /** Lists one that waits, unless it need not. */
    void enlist(Entry<T> entry, boolean sends) {
        Headroom.ensureForWait();
        lock.lock(); // for which there is room, too
        try {
            if (!entry.promise().isOpen()) {
                return; // of a select that was served elsewhere
            }
            if (sends && closed) {
                fail(entry);
            } else if (sends) {
                senderList.add(entry);
                senders++; // C6: before the buffer is looked at
            } else {
                receiverList.add(entry);
                receivers++; // C6
            }
            matchLocked();
        } finally {
            unlockAndFinish();
        }
    }

    /** Takes one off the list that does not wait any more. */
    void forget(Entry<T> entry, boolean sends) {
        lock();
        try {
            if (sends) {
                removeSender(entry);
            } else {
                removeReceiver(entry);
            }
            matchLocked(); // another one may be the first now
        } finally {
            unlockAndFinish();
        }
    }

    // ---- closing

    /**
     * While the lock is held a channel may be closed and not sealed yet: waits for that to be over,
     * so that nothing is sent by who begins afterwards.
     */
    boolean isClosed() {
        if (!closed) {
            return false;
        }
        lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more elements; a failure ends the wait of those who are listed to send, too. */
    void close(@Nullable Throwable failure) {
        lock();
        try {
            closed = true;
            if (failure != null && cause == null) {
                cause = failure;
            }
            Entry<T> sender = failure == null ? null : senderList.first();
            while (sender != null) {
                fail(sender);
                removeSender(sender);
                sender = senderList.first();
            }
            matchLocked();
        } finally {
            unlockAndFinish();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ChannelClosedException(cause);
        }
    }

    private void sealIfOver() {
        if (closed && !sealed && senderList.isEmpty()) {
            if (ring != null) {
                ring.seal();
            } else if (linked != null) {
                linked.seal();
            }
            sealed = true; // M3
        }
    }

    // ---- matching, under the lock

    /** Takes the lock, if there is room on the stack to free it again. */
    private void lock() {
        Headroom.ensureForLock();
        lock.lock();
    }

    private void match() {
        lock();
        try {
            matchLocked();
        } finally {
            unlockAndFinish();
        }
    }

    /**
     * There may be something for those who are listed. If several threads wait, the first of them
     * is called to match; until it does, others who add or take an element need no lock, and do not
     * wake a thread each.
     */
    private void call(WaitList<T> list) {
        lock();
        Wait wait;
        try {
            wait = threadBeforeOthers(list.first());
            if (wait == null) {
                matchLocked();
            } else if (list == senderList) {
                senderCalled = true;
                wait.called = true;
            } else {
                receiverCalled = true;
                wait.called = true;
            }
        } finally {
            unlockAndFinish();
        }
        if (wait != null) {
            wait.wake();
        }
    }

    private @Nullable Wait threadBeforeOthers(@Nullable Entry<T> first) {
        if (first instanceof Single single && first.after != null && single.typed.isThread()) {
            return single.typed;
        }
        return null;
    }

    private void matchLocked() {
        senderCalled = false; // C10: before the buffer is looked at
        receiverCalled = false;
        boolean moved = true;
        while (moved) {
            moved = hasBuffer() ? moveSender() | serveReceiver() : pair();
        }
        sealIfOver();
        if (sealed && bufferIsEmpty()) {
            Entry<T> receiver = receiverList.first();
            while (receiver != null) {
                fail(receiver);
                removeReceiver(receiver);
                receiver = receiverList.first();
            }
        }
    }

    /** Moves the first sender's element into the buffer; whether the first one is another now. */
    private boolean moveSender() {
        Entry<T> sender = senderList.first();
        if (sender == null) {
            return false;
        }
        if (sender.promise().tryHold()) {
            if (!offerStrictly(elementOf(sender))) {
                sender.promise().unhold();
                return false;
            }
            settle(sender, null);
        }
        removeSender(sender);
        return true;
    }

    /** Gives the buffer's first element to the first receiver; as above. */
    private boolean serveReceiver() {
        Entry<T> receiver = receiverList.first();
        if (receiver == null) {
            return false;
        }
        if (receiver.promise().tryHold()) {
            T element = pollStrictly();
            if (element == null) {
                receiver.promise().unhold();
                return false;
            }
            settle(receiver, element);
        }
        removeReceiver(receiver);
        return true;
    }

    /** Lets the first sender and the first receiver meet that are not of one select. */
    private boolean pair() {
        for (Entry<T> sender = senderList.first(); sender != null; sender = sender.after) {
            if (!sender.promise().isOpen()) {
                removeSender(sender);
                return true;
            }
            if (handToReceiver(elementOf(sender), sender)) {
                return true;
            }
            if (!sender.isListed) {
                return true; // it was given up meanwhile
            }
        }
        return false;
    }

    /**
     * Hands an element to the first receiver; settles and takes off the sender, if it is listed.
     */
    private boolean handToReceiver(T element, @Nullable Entry<T> sender) {
        Entry<T> receiver = receiverList.first();
        while (receiver != null) {
            Entry<T> next = receiver.after;
            if (sender == null || sender.promise() != receiver.promise()) {
                if (holdBoth(sender, receiver)) {
                    settle(receiver, element);
                    removeReceiver(receiver);
                    if (sender != null) {
                        settle(sender, null);
                        removeSender(sender);
                    }
                    return true;
                }
                if (!receiver.promise().isOpen()) {
                    removeReceiver(receiver);
                }
                if (sender != null && !sender.promise().isOpen()) {
                    removeSender(sender);
                    return false;
                }
            }
            receiver = next;
        }
        return false;
    }

    /** Takes the element of the first sender that is not given up. */
    private @Nullable T takeFromSender() {
        Entry<T> sender = senderList.first();
        while (sender != null) {
            Entry<T> next = sender.after;
            boolean held = sender.promise().tryHold();
            T element = held ? elementOf(sender) : null;
            if (held) {
                settle(sender, null);
            }
            removeSender(sender);
            if (held) {
                return element;
            }
            sender = next;
        }
        return null;
    }

    /**
     * Holds two promises, the one of the older select first, so that no two threads under the locks
     * of two channels wait for each other. Those of other waits are held under one lock only.
     */
    private static boolean holdBoth(@Nullable Entry<?> sender, Entry<?> receiver) {
        Promise<?> one = receiver.promise();
        if (sender == null) {
            return one.tryHold();
        }
        Promise<?> other = sender.promise();
        boolean swap = other.rank() < one.rank();
        Promise<?> lower = swap ? other : one;
        Promise<?> upper = swap ? one : other;
        if (!lower.tryHold()) {
            return false;
        }
        if (!upper.tryHold()) {
            lower.unhold();
            return false;
        }
        return true;
    }

    private static <T> T elementOf(Entry<T> sender) {
        T element = sender.element();
        if (element == null) {
            throw new IllegalStateException("a listed sender must have an element");
        }
        return element;
    }

    private void fail(Entry<T> entry) {
        if (entry.promise().tryHold()) {
            entry.settle(null, new ChannelClosedException(cause));
            push(entry);
        }
    }

    private void settle(Entry<T> entry, @Nullable T element) {
        entry.settle(element, null);
        push(entry);
    }

    private void push(Entry<T> entry) {
        entry.nextSettled = settled;
        settled = entry;
    }

    private void removeSender(Entry<T> entry) {
        if (senderList.remove(entry)) {
            sealIfOver(); // M3: nobody overtakes the last one and finds the buffer open
            senders--;
        }
    }

    private void removeReceiver(Entry<T> entry) {
        if (receiverList.remove(entry)) {
            receivers--;
        }
    }

    /** Frees the lock and completes what was settled under it, in the order of the settling. */
    private void unlockAndFinish() {
        Entry<T> reversed = settled;
        settled = null;
        lock.unlock();
        Entry<T> ordered = null;
        while (reversed != null) {
            Entry<T> next = reversed.nextSettled;
            reversed.nextSettled = ordered;
            ordered = reversed;
            reversed = next;
        }
        @Nullable Error thrown = null;
        while (ordered != null) {
            Entry<T> next = ordered.nextSettled;
            ordered.nextSettled = null;
            try {
                ordered.finish();
            } catch (Error ex) { // of stages that run here: the others must not wait for ever
                thrown = ex;
            }
            ordered = next;
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    // ---- looking

    int size() {
        return ring != null ? ring.size() : linked != null ? linked.size() : 0;
    }

    int capacity() {
        return ring != null ? ring.capacity() : linked != null ? Integer.MAX_VALUE : 0;
    }

    @Override
    public String toString() {
        return (linked != null ? "unbounded" : "capacity=" + capacity())
                + ", size="
                + size()
                + ", senders="
                + senders
                + ", receivers="
                + receivers
                + (closed ? ", closed" : "");
    }
}
