package dev.magpie.scheduler;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies a user's decorator to what is submitted, in the submitting thread. */
final class TaskDecorator {

    private final UnaryOperator<Runnable> operator;

    TaskDecorator(UnaryOperator<Runnable> operator) {
        this.operator = operator;
    }

    Runnable decorate(Runnable runnable) {
        return Objects.requireNonNull(
                operator.apply(runnable), "taskDecorator must return a runnable, returned null");
    }

    <V extends @Nullable Object> Callable<V> decorate(Callable<? extends V> callable) {
        return new Call<>(callable, this);
    }

    /**
     * A callable whose body runs inside a decorated runnable. Called once, by one thread. The
     * body's failure passes through the decorator, and is the call's even if the decorator swallows
     * it.
     */
    private static final class Call<V extends @Nullable Object> implements Callable<V> {

        private final Callable<? extends V> body;
        private final Runnable decorated;
        private boolean hasRun;
        private @Nullable Throwable failure;
        private @Nullable V result;

        Call(Callable<? extends V> body, TaskDecorator decorator) {
            this.body = body;
            decorated = decorator.decorate(this::runBody);
        }

        private void runBody() {
            try {
                result = body.call();
            } catch (Throwable ex) {
                failure = ex;
                throw Throwables.<RuntimeException>rethrow(ex);
            } finally {
                hasRun = true;
            }
        }

        @Override
        @SuppressWarnings("NullAway") // V says whether null is a value
        public V call() {
            decorated.run();
            if (failure != null) {
                throw Throwables.<RuntimeException>rethrow(failure);
            }
            if (!hasRun) {
                throw new IllegalStateException(
                        "taskDecorator must return a runnable that runs the given one, "
                                + decorated
                                + " did not");
            }
            return result;
        }
    }
}
