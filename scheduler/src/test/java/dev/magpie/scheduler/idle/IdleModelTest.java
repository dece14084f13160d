package dev.magpie.scheduler.idle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The register and the sleep protocol W1, W3 and W4 over it under all interleavings of a few steps.
 * Sleeping is a semaphore here: the model checker lets a real park return at any time, so that it
 * could not see a lost wake-up. Each rule has a mutant that the checker must find.
 */
@Tag("model")
@Timeout(900)
class IdleModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");
    private static final int INVOCATIONS = LONG ? 8_000 : 800;

    /** At most: a mutant that is alive is found sooner, or the test fails. */
    private static final int INVOCATIONS_OF_MUTANT = LONG ? 32_000 : 6_000;

    // ---- the stack: no worker gets lost

    private static void nobodyGetsLost(int versionBits) {
        IdleWorkers idle = new IdleWorkers(3, versionBits);
        idle.announce(0);
        idle.announce(1);
        AtomicInteger taken = new AtomicInteger();
        Thread waker = new ModelThread(() -> taken.addAndGet(wake(idle) >= 0 ? 1 : 0));
        waker.start();
        int first = wake(idle);
        idle.announce(2);
        if (first >= 0) {
            idle.announce(first);
        }
        join(waker);
        int left = 3 - taken.get();
        for (int i = 0; i < left; i++) {
            if (wake(idle) == IdleWorkers.NOBODY) {
                throw new AssertionError("a parked worker is not on the stack");
            }
        }
    }

    private static int wake(IdleWorkers idle) {
        int worker = idle.wakeOne();
        if (worker != IdleWorkers.NOBODY) {
            idle.endSearch();
        }
        return worker;
    }

    @Test
    void noWorkerGetsLost() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> nobodyGetsLost(32));
    }

    @Test
    void withoutAVersionAWorkerGetsLost() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        INVOCATIONS_OF_MUTANT, () -> nobodyGetsLost(0)))
                .isInstanceOf(AssertionError.class);
    }

    // ---- sleeping and waking

    /** What a mutant leaves out, or does too early. */
    private enum Flaw {
        NONE,
        NO_SECOND_LOOK,
        NO_CASCADE,
        LOOKS_BEFORE_IT_ADDS
    }

    /** A pool of one or two workers whose submission queue is a pair of counters. */
    private static final class Protocol {
        private final IdleWorkers idle;
        private final Token[] tokens;
        private final AtomicInteger added = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final Flaw flaw;

        Protocol(int workers, Flaw flaw) {
            idle = new IdleWorkers(workers);
            tokens = new Token[workers];
            for (int i = 0; i < workers; i++) {
                tokens[i] = new Token();
            }
            this.flaw = flaw;
        }

        /** W1: whoever finds an older task still waiting leaves the waking to its submitter. */
        void submit() {
            int before = added.get();
            boolean tooEarly = taken.get() >= before;
            added.incrementAndGet();
            boolean alone = flaw == Flaw.LOOKS_BEFORE_IT_ADDS ? tooEarly : taken.get() >= before;
            if (alone) {
                wakeOne();
            }
        }

        private void wakeOne() {
            int worker = idle.wakeOne();
            if (worker != IdleWorkers.NOBODY) {
                tokens[worker].unpark();
            }
        }

        /** Takes one unit of work, asleep if need be. */
        void takeOne(int worker) {
            idle.startSearch();
            while (!tryTake()) {
                idle.announce(worker);
                idle.endSearch();
                if (flaw != Flaw.NO_SECOND_LOOK && workInSight()) { // W4
                    wakeOne();
                }
                while (!idle.isWoken(worker)) {
                    tokens[worker].park();
                }
            }
            if (idle.endSearch() && flaw != Flaw.NO_CASCADE && workInSight()) { // W3
                wakeOne();
            }
            done.incrementAndGet();
        }

        private boolean workInSight() {
            return added.get() > taken.get();
        }

        private boolean tryTake() {
            int next = taken.get();
            return added.get() > next && taken.compareAndSet(next, next + 1);
        }
    }

    /** The permit of a parked thread. */
    private static final class Token {
        private boolean permit;

        @SuppressWarnings("WaitNotInLoop") // the caller loops
        synchronized void park() {
            try {
                if (!permit) {
                    wait();
                }
            } catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
            permit = false;
        }

        synchronized void unpark() {
            permit = true;
            notifyAll();
        }
    }

    private static void oneSleeperOneSubmitter(Flaw flaw) {
        Protocol protocol = new Protocol(1, flaw);
        Thread worker = new ModelThread(() -> protocol.takeOne(0));
        worker.start();
        protocol.submit();
        join(worker);
        check(protocol, 1);
    }

    private static void twoSleepersTwoSubmissions(Flaw flaw) {
        Protocol protocol = new Protocol(2, flaw);
        Thread first = new ModelThread(() -> protocol.takeOne(0));
        Thread second = new ModelThread(() -> protocol.takeOne(1));
        first.start();
        second.start();
        protocol.submit();
        protocol.submit();
        join(first);
        join(second);
        check(protocol, 2);
    }

    private static void twoSleepersTwoSubmitters(Flaw flaw) {
        Protocol protocol = new Protocol(2, flaw);
        Thread first = new ModelThread(() -> protocol.takeOne(0));
        Thread second = new ModelThread(() -> protocol.takeOne(1));
        Thread submitter = new ModelThread(protocol::submit);
        first.start();
        second.start();
        submitter.start();
        protocol.submit();
        join(first);
        join(second);
        join(submitter);
        check(protocol, 2);
    }

    private static void check(Protocol protocol, int expected) {
        if (protocol.done.get() != expected || protocol.idle.searching() != 0) {
            throw new AssertionError(protocol.done + " done, " + protocol.idle);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void submissionIsNeverMissed() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> oneSleeperOneSubmitter(Flaw.NONE));
    }

    @Test
    void withoutTheSecondLookASubmissionIsMissed() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        INVOCATIONS_OF_MUTANT,
                                        () -> oneSleeperOneSubmitter(Flaw.NO_SECOND_LOOK)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void twoSubmissionsWakeTwo() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> twoSleepersTwoSubmissions(Flaw.NONE));
    }

    @Test
    void withoutTheCascadeOneSleepsOn() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        INVOCATIONS_OF_MUTANT,
                                        () -> twoSleepersTwoSubmissions(Flaw.NO_CASCADE)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void twoSubmittersWakeTwo() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> twoSleepersTwoSubmitters(Flaw.NONE));
    }

    @Test
    void aSubmitterThatLooksBeforeItAddsLeavesOneAsleep() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        INVOCATIONS_OF_MUTANT,
                                        () -> twoSleepersTwoSubmissions(Flaw.LOOKS_BEFORE_IT_ADDS)))
                .isInstanceOf(AssertionError.class);
    }
}
