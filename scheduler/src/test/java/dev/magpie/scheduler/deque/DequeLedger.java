package dev.magpie.scheduler.deque;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * All that an owner and two thieves do with a deque of two slots, as operations of a model checker.
 * What a thief finds depends on what was published and reclaimed, so the results are not compared:
 * a ledger says at the end that each element was taken once, and that demand stands where nothing
 * is public.
 */
public class DequeLedger {

    private static final int MOST = 64;
    private static final int EAGER = 1;
    private static final long FIRST_INDEX = (1L << 31) - 2;

    /** Reaches the fast path as a worker's thread does. */
    private static final class Owner extends DequeOwner {
        Owner() {
            super("owner", 0);
        }

        boolean push(Object element) {
            return tryPush(element);
        }

        boolean popIf(Object element) {
            return tryPopIf(element);
        }
    }

    private final Owner owner = new Owner();
    private final WorkStealingDeque<Integer> deque =
            new WorkStealingDeque<>(owner, 2, EAGER, FIRST_INDEX);
    private final List<Integer> pushed = new ArrayList<>(); // the owner's
    private final AtomicIntegerArray taken = new AtomicIntegerArray(MOST);

    private void take(@Nullable Integer element) {
        if (element != null) {
            int unused = taken.incrementAndGet(element);
        }
    }

    private Integer next() {
        Integer element = pushed.size();
        pushed.add(element);
        return element;
    }

    // ---- the owner, as the thread of a worker calls it

    @Operation(nonParallelGroup = "owner")
    public void fork() {
        Integer element = next();
        if (!owner.push(element)) {
            deque.push(element);
            if (deque.demanded()) {
                boolean unused = deque.publish();
            }
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void join() {
        Integer newest = pushed.isEmpty() ? null : pushed.get(pushed.size() - 1);
        if (newest != null && (owner.popIf(newest) || deque.popIf(newest))) {
            take(newest);
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void pop() {
        take(deque.pop());
    }

    @Operation(nonParallelGroup = "owner")
    public void publish() {
        boolean unused = deque.publish();
    }

    @Operation(nonParallelGroup = "owner")
    public void publishAll() {
        deque.publishAll();
    }

    @Operation(nonParallelGroup = "owner")
    public void renew() {
        deque.renew();
    }

    @Operation(nonParallelGroup = "owner")
    public void startEager() {
        deque.startEager();
    }

    @Operation(nonParallelGroup = "owner")
    public void endEager() {
        deque.endEager();
    }

    @Operation(nonParallelGroup = "owner")
    public void setAlarm() {
        deque.setAlarm(1);
    }

    // ---- anyone

    @Operation
    public void steal() {
        take(deque.steal());
    }

    // ---- at the end

    @Validate
    public void everyElementIsTakenOnce() {
        require(deque.publicSize() <= deque.size(), "no split beyond bottom");
        require(deque.hasPublic() || deque.demanded(), "demand where nothing is public");
        for (int i = pushed.size(); i >= 0; i--) {
            pop();
        }
        require(deque.demanded(), "demand where nothing is left");
        for (int i = 0; i < pushed.size(); i++) {
            require(taken.get(i) == 1, "one take of each element");
        }
    }

    private static void require(boolean fact, String rule) {
        if (!fact) {
            throw new IllegalStateException("broken: " + rule);
        }
    }

    // ---- races that random operations rarely meet

    private abstract static class Race implements Runnable {

        abstract void owner(DequeLedger ledger);

        @Override
        public final void run() {
            DequeLedger ledger = new DequeLedger();
            for (int i = 0; i < 3; i++) {
                ledger.fork();
            }
            ledger.publishAll();
            boolean[] isSound = new boolean[1];
            Thread thief =
                    new Thread() {
                        @Override
                        public void run() {
                            ledger.steal();
                            isSound[0] = true;
                        }
                    };
            thief.start();
            owner(ledger);
            try {
                thief.join();
            } catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
            require(isSound[0], "a steal throws nothing");
            ledger.everyElementIsTakenOnce();
        }
    }

    /** The owner moves to a new buffer after a steal, while another thief is at work. */
    public static final class MovesUnderAThief extends Race {
        @Override
        void owner(DequeLedger ledger) {
            ledger.steal();
            ledger.renew();
        }
    }

    /** The owner takes back what it has just made public. */
    public static final class JoinsWhatIsPublic extends Race {
        @Override
        void owner(DequeLedger ledger) {
            ledger.join();
        }
    }

    /** The owner takes all back, down to the last, which the thief wants, too. */
    public static final class PopsAll extends Race {
        @Override
        void owner(DequeLedger ledger) {
            for (int i = 0; i < 3; i++) {
                ledger.pop();
            }
        }
    }

    /** Two thieves, and nothing is left. */
    public static final class StealsAll extends Race {
        @Override
        void owner(DequeLedger ledger) {
            for (int i = 0; i < 3; i++) {
                ledger.steal();
            }
        }
    }
}
