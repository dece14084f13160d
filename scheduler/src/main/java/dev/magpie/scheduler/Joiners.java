package dev.magpie.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies of {@link TaskScope.Joiner}. */
final class Joiners {

    private Joiners() {}

    /** The first failure and some of its siblings. Thread-safe. */
    private static final class Failures {

        /** Enough to see what went wrong; a million tasks may fail. */
        private static final int MAX_SUPPRESSED = 64;

        private final List<Throwable> siblings = new ArrayList<>();
        private @Nullable Throwable first;

        synchronized void add(@Nullable Throwable failure) {
            if (failure == null) {
                return;
            }
            if (first == null) {
                first = failure;
            } else if (failure != first && siblings.size() < MAX_SUPPRESSED) {
                siblings.add(failure);
            }
        }

        synchronized void throwIfAny() {
            if (first != null) {
                TaskScope.FailedException ex = new TaskScope.FailedException(first);
                siblings.forEach(ex::addSuppressed);
                throw ex;
            }
        }
    }

    static final class FailFast<T extends @Nullable Object>
            implements TaskScope.Joiner<T, @Nullable Void> {

        private final Failures failures = new Failures();

        @Override
        public boolean onComplete(Task<? extends T> task) {
            if (task.isCompletedNormally()) {
                return false;
            }
            failures.add(task.getException());
            return true;
        }

        @Override
        @SuppressWarnings("NullAway") // as RecursiveAction's
        public @Nullable Void result() {
            failures.throwIfAny();
            return null;
        }
    }

    static final class AllSuccessful<T extends @Nullable Object>
            implements TaskScope.Joiner<T, Stream<Task<T>>> {

        private final FailFast<T> failFast = new FailFast<>();
        private final List<Task<T>> tasks = new ArrayList<>(); // the owner's

        @Override
        public boolean onFork(Task<? extends T> task) {
            tasks.add(widen(task));
            return false;
        }

        @Override
        public boolean onComplete(Task<? extends T> task) {
            return failFast.onComplete(task);
        }

        @Override
        public Stream<Task<T>> result() {
            Object unused = failFast.result();
            return tasks.stream();
        }
    }

    static final class FirstSuccess<T extends @Nullable Object> implements TaskScope.Joiner<T, T> {

        private final Failures failures = new Failures();
        private volatile @Nullable Task<? extends T> winner;

        @Override
        public boolean onComplete(Task<? extends T> task) {
            if (!task.isCompletedNormally()) {
                failures.add(task.getException());
                return false;
            }
            synchronized (this) {
                if (winner == null) {
                    winner = task;
                }
            }
            return true;
        }

        @Override
        public T result() {
            Task<? extends T> first = winner;
            if (first == null) {
                failures.throwIfAny();
                throw new NoSuchElementException("scope must have a task that succeeds, had none");
            }
            return first.join();
        }
    }

    static final class All<T extends @Nullable Object>
            implements TaskScope.Joiner<T, @Nullable Void> {

        @Override
        @SuppressWarnings("NullAway") // as RecursiveAction's
        public @Nullable Void result() {
            return null;
        }
    }

    static final class Until<T extends @Nullable Object>
            implements TaskScope.Joiner<T, Stream<Task<T>>> {

        private final Predicate<? super Task<? extends T>> enough;
        private final List<Task<T>> tasks = new ArrayList<>(); // the owner's

        Until(Predicate<? super Task<? extends T>> enough) {
            this.enough = enough;
        }

        @Override
        public boolean onFork(Task<? extends T> task) {
            tasks.add(widen(task));
            return false;
        }

        @Override
        public boolean onComplete(Task<? extends T> task) {
            return enough.test(task);
        }

        @Override
        public Stream<Task<T>> result() {
            return tasks.stream();
        }
    }

    @SuppressWarnings("unchecked") // a task is only read
    private static <T extends @Nullable Object> Task<T> widen(Task<? extends T> task) {
        return (Task<T>) task;
    }
}
