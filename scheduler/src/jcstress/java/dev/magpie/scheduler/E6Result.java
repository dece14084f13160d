package dev.magpie.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** E6: who sees a task done sees its result. The task is one that its own forker popped. */
public final class E6Result {

    private E6Result() {}

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "done, without its result")
    @Outcome(expect = ACCEPTABLE, desc = "not done, or done with its result")
    @State
    public static class Model {
        private final AtomicInteger state = new AtomicInteger();
        private int outcome;

        @Actor
        public void forker() {
            outcome = 1;
            state.setRelease(1);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = state.getAcquire();
            result.r2 = outcome;
        }
    }

    /** What a task returns: a plain field, written by the task. */
    private static final class Payload {
        int value;
    }

    private static final class Producer extends RecursiveTask<Payload> {
        @Override
        protected Payload compute() {
            Payload payload = new Payload();
            payload.value = 1;
            return payload;
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "done, without its result")
    @Outcome(expect = ACCEPTABLE, desc = "not done, or done with its result")
    @State
    public static class Actual {
        private static final MethodHandle RUN_INLINE;

        static {
            try {
                RUN_INLINE =
                        MethodHandles.privateLookupIn(Task.class, MethodHandles.lookup())
                                .findVirtual(
                                        Task.class,
                                        "runInline",
                                        MethodType.methodType(Object.class));
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private final Task<Payload> task = new Producer();

        @Actor
        public void forker() {
            try {
                Object unused = (Object) RUN_INLINE.invokeExact((Task<?>) task);
            } catch (Throwable ex) {
                throw new AssertionError(ex);
            }
        }

        @Actor
        public void reader(II_Result result) {
            if (task.isDone()) {
                result.r1 = 1;
                Payload payload = task.getRawResult();
                result.r2 = payload == null ? 0 : payload.value;
            }
        }
    }

    /** The reader's load of the state is plain: the compiler may load the outcome before it. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "done, without its result")
    @Outcome(expect = ACCEPTABLE, desc = "not done, or done with its result")
    @State
    public static class Weakened {
        private int state;
        private int outcome;

        @Actor
        public void forker() {
            outcome = 1;
            state = 1;
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = state; // not an acquire
            result.r2 = outcome;
        }
    }

    /** The forker's store of the state is plain: x86 keeps the stores in order. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "done, without its result")
    @Outcome(expect = ACCEPTABLE, desc = "not done, or done with its result")
    @State
    public static class WeakenedElsewhere {
        private final AtomicInteger state = new AtomicInteger();
        private int outcome;

        @Actor
        public void forker() {
            outcome = 1;
            state.setPlain(1); // not a release
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = state.getAcquire();
            result.r2 = outcome;
        }
    }
}
