package dev.magpie.benchmarks.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Work stealing by discrete events: the workers of a machine that does not exist run a {@link
 * TaskNode}.
 *
 * <p>A worker pushes what it forks to its own deque and goes on; a join takes the child back unless
 * it was stolen. A thief looks into a deque chosen at random, takes the oldest task, and looks
 * again if there is none; each look takes the cost of a migration. Thieves sleep while no deque
 * holds anything; a fork wakes one, and a thief that finds a task wakes another. A join of a child
 * that another worker runs suspends its task: the worker turns thief, and who ends the child
 * resumes the task after another migration. (Magpie has spares for the latter: the same number of
 * workers runs.)
 *
 * <p>Blumofe and Leiserson, "Scheduling multithreaded computations by work stealing", JACM 46(5),
 * 1999, doi 10.1145/324133.324234; stealing children instead of continuations. Deterministic for a
 * seed. Not thread-safe.
 */
public final class StealingSimulation {

    private final double migrationNanos;
    private final double timeFactor;
    private final SplittableRandom random;
    private final List<Worker> workers = new ArrayList<>();
    private final Deque<Worker> sleepers = new ArrayDeque<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<TaskNode, Child> children = new IdentityHashMap<>();

    private int queued; // tasks in deques that nobody has taken
    private long sequence;
    private double now;
    private long steals;
    private boolean over;

    private StealingSimulation(int count, double migrationNanos, double timeFactor, long seed) {
        this.migrationNanos = migrationNanos;
        this.timeFactor = timeFactor;
        random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(i));
        }
    }

    /**
     * How it went.
     *
     * @param makespanNanos from the start of the first task to its end
     * @param steals tasks that ran on another worker than the one that forked them
     */
    public record Outcome(double makespanNanos, long steals) {}

    /**
     * Runs a computation.
     *
     * @param root its first task
     * @param workers at least 1
     * @param migrationNanos cost of a look into another's deque, and of resuming a task; above 0
     * @param timeFactor what the graph's times are multiplied by
     * @param seed of the choice of victims
     * @return how it went
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static Outcome run(
            TaskNode root, int workers, double migrationNanos, double timeFactor, long seed) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, was " + workers);
        }
        if (!(migrationNanos > 0) || !(timeFactor > 0)) {
            throw new IllegalArgumentException(
                    "migrationNanos and timeFactor must be above 0, were "
                            + migrationNanos
                            + " and "
                            + timeFactor);
        }
        return new StealingSimulation(workers, migrationNanos, timeFactor, seed).run(root);
    }

    private Outcome run(TaskNode root) {
        Worker first = workers.get(0);
        first.stack.push(new Frame(new Child(root)));
        for (Worker worker : workers) {
            if (worker != first) {
                sleepers.add(worker);
            }
        }
        startStrand(first);
        while (!over) {
            Event event = events.remove();
            now = event.time;
            if (event.worker.stack.isEmpty()) {
                look(event.worker);
            } else {
                endStrand(event.worker);
            }
        }
        return new Outcome(now, steals);
    }

    private void schedule(Worker worker, double nanos) {
        events.add(new Event(now + nanos, sequence++, worker));
    }

    private void startStrand(Worker worker) {
        schedule(worker, worker.stack.element().strand() * timeFactor);
    }

    private void endStrand(Worker worker) {
        Frame frame = worker.stack.element();
        TaskNode.@Nullable Step step = frame.next();
        if (step == null) {
            endTask(worker);
        } else if (step.fork()) {
            push(worker, step.child());
            startStrand(worker);
        } else {
            join(worker, step.child());
        }
    }

    private void push(Worker worker, TaskNode node) {
        Child child = new Child(node);
        children.put(node, child);
        worker.deque.addLast(child);
        queued++;
        wakeOne();
    }

    private void wakeOne() {
        Worker sleeper = sleepers.poll();
        if (sleeper != null) {
            schedule(sleeper, migrationNanos);
        }
    }

    private void join(Worker worker, TaskNode node) {
        Child child = children.get(node);
        if (child == null) {
            throw new IllegalArgumentException("a task was joined that was not forked");
        }
        switch (child.state) {
            case DONE -> startStrand(worker);
            case QUEUED -> {
                take(child);
                worker.stack.push(new Frame(child));
                startStrand(worker);
            }
            case RUNNING -> suspend(worker, child);
        }
    }

    private void suspend(Worker worker, Child child) {
        Child own = worker.newest();
        if (own != null) { // its other children first
            take(own);
            worker.stack.element().again();
            worker.stack.push(new Frame(own));
            startStrand(worker);
            return;
        }
        child.joiner = worker.stack;
        worker.stack = new ArrayDeque<>();
        search(worker);
    }

    private void take(Child child) {
        child.state = State.RUNNING;
        queued--;
    }

    private void endTask(Worker worker) {
        Child child = worker.stack.remove().child;
        child.state = State.DONE;
        if (!worker.stack.isEmpty()) {
            startStrand(worker);
            return;
        }
        Deque<Frame> joiner = child.joiner;
        if (joiner != null) {
            worker.stack = joiner;
            schedule(worker, migrationNanos + joiner.element().strand() * timeFactor);
        } else if (child.isRoot(children)) {
            over = true;
        } else {
            search(worker);
        }
    }

    /** Its own deque, then others'. */
    private void search(Worker worker) {
        Child own = worker.newest();
        if (own != null) {
            take(own);
            worker.stack.push(new Frame(own));
            startStrand(worker);
        } else if (queued > 0) {
            schedule(worker, migrationNanos);
        } else {
            sleepers.add(worker);
        }
    }

    /** The end of a look into a victim's deque. */
    private void look(Worker thief) {
        int other = random.nextInt(workers.size() - 1);
        Worker victim = workers.get(other < thief.index ? other : other + 1);
        Child stolen = victim.oldest();
        if (stolen == null) {
            search(thief);
            return;
        }
        take(stolen);
        steals++;
        if (queued > 0) {
            wakeOne();
        }
        thief.stack.push(new Frame(stolen));
        startStrand(thief);
    }

    private enum State {
        QUEUED,
        RUNNING,
        DONE
    }

    private record Event(double time, long sequence, Worker worker) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Double.compare(time, other.time);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    private static final class Worker {
        final int index;
        final Deque<Child> deque = new ArrayDeque<>();
        Deque<Frame> stack = new ArrayDeque<>();

        Worker(int index) {
            this.index = index;
        }

        @Nullable Child newest() {
            return untaken(true);
        }

        @Nullable Child oldest() {
            return untaken(false);
        }

        /** Removes a task that waits still; those that a join took lie around. */
        private @Nullable Child untaken(boolean newest) {
            while (!deque.isEmpty()) {
                Child child = newest ? deque.removeLast() : deque.removeFirst();
                if (child.state == State.QUEUED) {
                    return child;
                }
            }
            return null;
        }
    }

    private static final class Child {
        final TaskNode node;
        State state = State.QUEUED;
        @Nullable Deque<Frame> joiner;

        Child(TaskNode node) {
            this.node = node;
        }

        boolean isRoot(Map<TaskNode, Child> children) {
            return !children.containsKey(node);
        }
    }

    private static final class Frame {
        final Child child;
        private int next;
        private boolean repeated;

        Frame(Child child) {
            this.child = child;
        }

        double strand() {
            if (repeated) {
                return 0; // the join is tried again
            }
            List<TaskNode.Step> steps = child.node.steps();
            return next < steps.size() ? steps.get(next).nanos() : child.node.tailNanos();
        }

        TaskNode.@Nullable Step next() {
            repeated = false;
            List<TaskNode.Step> steps = child.node.steps();
            return next < steps.size() ? steps.get(next++) : null;
        }

        void again() {
            next--;
            repeated = true;
        }
    }
}
