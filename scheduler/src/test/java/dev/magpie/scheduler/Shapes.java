package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Random work of every shape that the scheduler knows, each with the answer that it must give.
 * Every shape returns when all that it started is over.
 */
final class Shapes {

    private static final long DEADLINE_SECONDS = 100;

    /** The shapes, each drawn with the same probability. */
    enum Shape {
        RECURSION,
        UNBALANCED,
        BACKLOG,
        LEDGER,
        NESTED,
        SCOPE,
        CANCELLED_SCOPE,
        LOOP,
        BLOCKING,
        FAILURES,
        CANCELS,
        FOREIGN_JOINS,
        DELAYS,
        RESIZE
    }

    private final Scheduler scheduler;
    private final SplittableRandom random;

    /** Submissions and forks that ran, whatever their shape. */
    final LongAdder runs = new LongAdder();

    Shapes(Scheduler scheduler, long seed) {
        this.scheduler = scheduler;
        random = new SplittableRandom(seed);
    }

    /** Runs a shape that chance picks; returns which. */
    Shape runAny() throws Exception {
        Shape[] all = Shape.values();
        Shape shape = all[random.nextInt(all.length)];
        run(shape);
        return shape;
    }

    void run(Shape shape) throws Exception {
        switch (shape) {
            case RECURSION -> {
                int n = random.nextInt(5, 19);
                check(shape, fib(n), scheduler.invoke(new Fib(n)));
            }
            case UNBALANCED -> {
                int size = random.nextInt(1, 20_000);
                check(shape, size, scheduler.invoke(new Lopsided(size, random.nextLong())));
            }
            case BACKLOG -> backlog(random.nextInt(1, 300), random.nextInt(0, 12));
            case LEDGER -> ledger(random.nextInt(1, 5_000));
            case NESTED -> {
                int depth = random.nextInt(0, 8);
                check(shape, (2L << depth) - 1, await(scheduler.submit(() -> nested(depth))));
            }
            case SCOPE -> scope(random.nextInt(0, 200));
            case CANCELLED_SCOPE -> cancelledScope(random.nextInt(1, 20));
            case LOOP -> loop(random.nextInt(0, 20_000));
            case BLOCKING -> blocking(random.nextInt(1, 20));
            case FAILURES -> failures(random.nextInt(1, 60));
            case CANCELS -> cancels(random.nextInt(1, 100));
            case FOREIGN_JOINS -> foreignJoins(random.nextInt(1, 4));
            case DELAYS -> delays(random.nextInt(1, 5));
            case RESIZE -> resize(random.nextInt(1, 4));
        }
    }

    private static void check(Shape shape, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(shape + " must give " + expected + ", gave " + actual);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.get(DEADLINE_SECONDS, SECONDS);
    }

    private static long fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    private final class Fib extends RecursiveTask<Long> {
        private final int n;

        Fib(int n) {
            this.n = n;
        }

        @Override
        protected Long compute() {
            runs.increment();
            if (n < 2) {
                return (long) n;
            }
            Fib left = new Fib(n - 1);
            left.fork();
            return new Fib(n - 2).compute() + left.join();
        }
    }

    /** Counts its leaves; forks many children, joins them in a random order. */
    private final class Lopsided extends RecursiveTask<Long> {
        private final int size;
        private final long seed;

        Lopsided(int size, long seed) {
            this.size = size;
            this.seed = seed;
        }

        @Override
        protected Long compute() {
            runs.increment();
            if (size == 1) {
                return 1L;
            }
            SplittableRandom own = new SplittableRandom(seed);
            List<Lopsided> children = new ArrayList<>();
            int left = size;
            while (left > 0) {
                int part = left == 1 ? 1 : own.nextInt(1, left);
                Lopsided child = new Lopsided(part, own.nextLong());
                child.fork();
                children.add(child);
                left -= part;
            }
            long sum = 0;
            while (!children.isEmpty()) {
                int pick = own.nextInt(4) == 0 ? own.nextInt(children.size()) : children.size() - 1;
                sum += children.remove(pick).join();
            }
            return sum;
        }
    }

    private void backlog(int submissions, int n) throws Exception {
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < submissions; i++) {
            Priority priority = i % 7 == 0 ? Priority.HIGH : Priority.NORMAL;
            all.add(scheduler.submit(() -> new Fib(n).invoke(), priority));
        }
        for (Future<Long> one : all) {
            check(Shape.BACKLOG, fib(n), await(one));
        }
    }

    /** Submissions from outside, by tasks, and forked ones: each runs exactly once. */
    private void ledger(int size) throws Exception {
        AtomicIntegerArray ran = new AtomicIntegerArray(3 * size);
        CountDownLatch all = new CountDownLatch(3 * size);
        for (int i = 0; i < size; i++) {
            int cell = 3 * i;
            scheduler.execute(
                    () -> {
                        enter(ran, cell, all);
                        scheduler.execute(() -> enter(ran, cell + 1, all));
                        Task<?> forked = Task.adapt(() -> enter(ran, cell + 2, all));
                        forked.fork();
                        forked.join();
                    });
        }
        if (!all.await(DEADLINE_SECONDS, SECONDS)) {
            throw new AssertionError(all.getCount() + " of " + 3 * size + " tasks did not run");
        }
        for (int cell = 0; cell < ran.length(); cell++) {
            check(Shape.LEDGER, 1, ran.get(cell));
        }
    }

    private void enter(AtomicIntegerArray ran, int cell, CountDownLatch all) {
        runs.increment();
        ran.incrementAndGet(cell);
        all.countDown();
    }

    private long nested(int depth) throws Exception {
        runs.increment();
        if (depth == 0) {
            return 1;
        }
        Future<Long> left = scheduler.submit(() -> nested(depth - 1));
        Future<Long> right = scheduler.submit(() -> nested(depth - 1));
        return 1 + await(left) + await(right);
    }

    private void scope(int size) throws Exception {
        LongAdder sum = new LongAdder();
        try (var scope = scheduler.openScope()) {
            for (int i = 0; i < size; i++) {
                int n = i % 10;
                Object unused = scope.fork(() -> sum.add(new Fib(n).invoke()));
            }
            scope.join();
        }
        long expected = 0;
        for (int i = 0; i < size; i++) {
            expected += fib(i % 10);
        }
        check(Shape.SCOPE, expected, sum.sum());
    }

    /** Once a cancelled scope is closed nothing of it runs any more. */
    private void cancelledScope(int size) throws Exception {
        LongAdder ran = new LongAdder();
        try (var scope = scheduler.openScope()) {
            for (int i = 0; i < size; i++) {
                Object unused = scope.fork(() -> endless(ran));
            }
            scope.cancel();
            try {
                scope.join();
                throw new AssertionError("a cancelled scope was joined");
            } catch (CancellationException ex) {
                // as it must
            }
        }
        long before = ran.sum();
        scheduler.submit(() -> {}).get(DEADLINE_SECONDS, SECONDS);
        check(Shape.CANCELLED_SCOPE, before, ran.sum());
    }

    private static void endless(LongAdder ran) {
        while (true) {
            ran.increment();
            Task<Integer> child = Task.adapt(() -> 1);
            child.fork();
            Integer unused = child.join();
        }
    }

    private void loop(int size) {
        long[] cells = new long[size];
        Parallel parallel = Parallel.on(scheduler);
        parallel.range(0, size).forEach(i -> cells[i]++);
        check(Shape.LOOP, size, parallel.range(0, size).sumAsLong(i -> cells[i]));
    }

    private void blocking(int size) throws Exception {
        CountDownLatch gate = new CountDownLatch(size);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () -> {
                                                gate.countDown(); // each needs all the others
                                                return gate.await(DEADLINE_SECONDS, SECONDS);
                                            })));
        }
        for (Future<Boolean> one : all) {
            check(Shape.BLOCKING, 1, await(one) ? 1 : 0);
        }
    }

    private void failures(int size) throws Exception {
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int depth = i % 9;
            boolean isError = i % 2 == 0;
            all.add(scheduler.submit(() -> new Failing(depth, isError).invoke()));
        }
        for (int i = 0; i < size; i++) {
            try {
                await(all.get(i));
                throw new AssertionError("a failing task gave a result");
            } catch (ExecutionException ex) {
                check(Shape.FAILURES, i % 2, ex.getCause() instanceof Failure ? 1 : 0);
            }
        }
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Failing extends RecursiveTask<Object> {
        private final int depth;
        private final boolean isError;

        Failing(int depth, boolean isError) {
            this.depth = depth;
            this.isError = isError;
        }

        @Override
        protected Object compute() {
            if (depth == 0) {
                if (isError) {
                    throw new OutOfMemoryError("on purpose");
                }
                throw new Failure();
            }
            Failing left = new Failing(depth - 1, isError);
            Failing right = new Failing(depth - 1, isError);
            left.fork();
            right.fork();
            return depth % 2 == 0 ? left.join() : right.join(); // the other is left behind
        }
    }

    /** Each of many submissions is cancelled or gives its result, and not both. */
    private void cancels(int size) throws Exception {
        List<Future<Long>> all = new ArrayList<>();
        LongAdder ran = new LongAdder();
        for (int i = 0; i < size; i++) {
            all.add(
                    scheduler.submit(
                            () -> {
                                ran.increment();
                                return 1L;
                            }));
        }
        long cancelled = 0;
        long given = 0;
        for (int i = 0; i < size; i++) {
            Future<Long> one = all.get(i);
            if (i % 2 == 0) {
                one.cancel(i % 4 == 0);
            }
            try {
                given += await(one);
            } catch (CancellationException ex) {
                cancelled++;
            }
        }
        check(Shape.CANCELS, size, given + cancelled);
        Future<?> last = scheduler.submit(() -> {});
        await(last);
        if (ran.sum() < given || ran.sum() > size) {
            throw new AssertionError(ran.sum() + " ran, " + given + " gave results");
        }
    }

    /** Threads that are no workers join what workers fork. */
    private void foreignJoins(int joiners) throws Exception {
        List<Task<Long>> forked = new ArrayList<>();
        CountDownLatch isForked = new CountDownLatch(1);
        Future<?> forker =
                scheduler.submit(
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                forked.add(new Fib(i % 8).fork());
                            }
                            isForked.countDown();
                            forked.forEach(Task::quietlyJoin);
                        });
        if (!isForked.await(DEADLINE_SECONDS, SECONDS)) {
            throw new AssertionError("the forker did not run");
        }
        List<Thread> threads = new ArrayList<>();
        LongAdder sum = new LongAdder();
        for (int i = 0; i < joiners; i++) {
            Thread thread = new Thread(() -> forked.forEach(task -> sum.add(task.join())));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        }
        await(forker);
        long expected = 0;
        for (int i = 0; i < 20; i++) {
            expected += fib(i % 8);
        }
        check(Shape.FOREIGN_JOINS, joiners * expected, sum.sum());
    }

    private void delays(int size) throws Exception {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int value = i;
            all.add(scheduler.scheduled().schedule(() -> value, i, TimeUnit.MILLISECONDS));
        }
        for (int i = 0; i < size; i++) {
            check(Shape.DELAYS, i, await(all.get(i)));
        }
    }

    private void resize(int parallelism) throws Exception {
        int before = scheduler.setParallelism(parallelism);
        try {
            backlog(20, 10);
        } finally {
            scheduler.setParallelism(before);
        }
    }
}
