package dev.magpie.benchmarks.structures;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.channels.BufferOverflow;
import kotlinx.coroutines.channels.Channel;
import kotlinx.coroutines.channels.ChannelKt;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines over a channel of Kotlin, as its compiler would write them: they give the thread back
 * where tasks over other channels block.
 */
final class Coroutines {

    private final CoroutineContext context;
    private final Channel<Long> channel;

    /** Coroutines on an executor, over a channel with as much room as {@link Pipes} says. */
    Coroutines(Executor executor, int capacity) {
        context = ExecutorsKt.from(executor);
        channel = ChannelKt.Channel(capacity, BufferOverflow.SUSPEND, null);
    }

    /** Starts one that sends so many elements. */
    CompletableFuture<Long> send(int count, int distinct) {
        return start(
                new Loop(context, count) {
                    @Override
                    Object step(int number) {
                        return channel.send((long) (number % distinct), this);
                    }

                    @Override
                    long taken(Object result) {
                        return 0;
                    }
                });
    }

    /** Starts one that receives so many elements, and returns their sum. */
    CompletableFuture<Long> receive(int count) {
        return start(
                new Loop(context, count) {
                    @Override
                    Object step(int number) {
                        return channel.receive(this);
                    }

                    @Override
                    long taken(Object result) {
                        return (Long) result;
                    }
                });
    }

    private static CompletableFuture<Long> start(Loop loop) {
        IntrinsicsKt.intercepted(loop).resumeWith(Unit.INSTANCE);
        return loop.end.future;
    }

    /** Takes the result of a coroutine. */
    private static final class End implements Continuation<Object> {
        private final CoroutineContext context;
        private final CompletableFuture<Long> future = new CompletableFuture<>();

        End(CoroutineContext context) {
            this.context = context;
        }

        @Override
        public CoroutineContext getContext() {
            return context;
        }

        @Override
        public void resumeWith(Object result) {
            try {
                ResultKt.throwOnFailure(result);
                future.complete((Long) result);
            } catch (Throwable ex) {
                future.completeExceptionally(ex);
            }
        }
    }

    /** A coroutine whose body is a loop with one place to suspend. */
    private abstract static class Loop extends ContinuationImpl {
        private final End end;
        private final int count;
        private int started;
        private long sum;

        Loop(CoroutineContext context, int count) {
            this(new End(context), count);
        }

        private Loop(End end, int count) {
            super(end, end.context);
            this.end = end;
            this.count = count;
        }

        /** Begins a step; returns its result, or that it is suspended. */
        abstract Object step(int number);

        /** What a step's result adds to the sum. */
        abstract long taken(Object result);

        @Override
        protected @Nullable Object invokeSuspend(Object result) {
            ResultKt.throwOnFailure(result);
            if (started > 0) {
                sum += taken(result);
            }
            while (started < count) {
                Object outcome = step(started++);
                if (outcome == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                    return outcome;
                }
                sum += taken(outcome);
            }
            return sum;
        }
    }
}
