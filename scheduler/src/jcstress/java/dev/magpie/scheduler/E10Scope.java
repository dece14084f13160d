package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** E10: a part of a scope's tree that a thief has won is counted before the scope can end. */
public final class E10Scope {

    private E10Scope() {}

    @JCStressTest
    @Outcome(id = "0, -1", expect = FORBIDDEN, desc = "stolen, but the scope ended without it")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "the owner has it, or the scope waits for the thief")
    @State
    public static class Model {
        private static final int OPEN = 1000;

        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger victim = new AtomicInteger();
        private final AtomicInteger balance = new AtomicInteger(OPEN);

        @Actor
        public void owner(II_Result result) {
            if (top.getAcquire() == 0 && top.compareAndSet(0, 1)) {
                result.r1 = 1;
            }
            while (victim.getAcquire() != 0) {
                Thread.onSpinWait();
            }
            balance.addAndGet(-OPEN);
        }

        @Actor
        public void thief(II_Result result) {
            victim.setOpaque(1);
            if (top.compareAndSet(0, 1)) {
                result.r2 = announce();
            }
            victim.setRelease(0);
        }

        private int announce() {
            return balance.getAndIncrement() == 0 ? -1 : 1;
        }
    }

    @JCStressTest
    @Outcome(id = "0, -1", expect = FORBIDDEN, desc = "stolen, but the scope ended without it")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "the owner has it, or the scope waits for the thief")
    @State
    public static class Actual {
        private static final VarHandle VICTIM;

        static {
            try {
                VICTIM =
                        MethodHandles.privateLookupIn(TokenStack.class, MethodHandles.lookup())
                                .findVarHandle(TokenStack.class, "victim", Worker.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private final Worker owner = QuietPool.worker();
        private final TokenStack thief = QuietPool.worker().tokens;
        private final ScopeEnd end = new ScopeEnd(QuietPool.pool().home());
        private final Task<?> task = QuietPool.task();

        public Actual() {
            TokenRun run = owner.tokens.enter(CancelToken.ofScope(end, null));
            owner.deque.push(task);
            owner.deque.publishAll();
            run.suspend();
        }

        @Actor
        public void owner(II_Result result) {
            result.r1 = owner.deque.pop() == null ? 0 : 1;
            while ((Worker) VICTIM.getAcquire(thief) == owner) { // as awaitThieves
                Thread.onSpinWait();
            }
            end.seal(0);
        }

        @Actor
        public void thief(II_Result result) {
            boolean stolen = thief.steal(owner) != null;
            result.r2 = stolen ? 1 : task.isCancelled() ? -1 : 0;
        }
    }

    @JCStressTest
    @Outcome(
            id = "0, -1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "stolen, but the scope ended without it")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "the owner has it, or the scope waits for the thief")
    @State
    public static class Weakened {
        private static final int OPEN = 1000;

        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger victim = new AtomicInteger();
        private final AtomicInteger balance = new AtomicInteger(OPEN);

        @Actor
        public void owner(II_Result result) {
            if (top.getAcquire() == 0 && top.compareAndSet(0, 1)) {
                result.r1 = 1;
            }
            while (victim.getAcquire() != 0) {
                Thread.onSpinWait();
            }
            balance.addAndGet(-OPEN);
        }

        @Actor
        public void thief(II_Result result) {
            if (top.compareAndSet(0, 1)) {
                victim.setOpaque(1); // after the win
                result.r2 = announce();
            }
            victim.setRelease(0);
        }

        private int announce() {
            return balance.getAndIncrement() == 0 ? -1 : 1;
        }
    }
}
