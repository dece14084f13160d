package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.lockfree.HazardStack;
import dev.magpie.scheduler.lockfree.MichaelScottQueue;
import dev.magpie.scheduler.lockfree.PooledStack;
import dev.magpie.scheduler.lockfree.TreiberStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Each thread pushes all its elements and then takes as many; the first contestant is a stack. */
public final class Stacks {

    /** A stack or queue, by its two operations. */
    private record Subject(Consumer<Integer> push, Supplier<@Nullable Integer> poll) {}

    private Stacks() {}

    /**
     * The contestants.
     *
     * @param threads that push and poll
     * @param each elements of each thread
     * @return who competes
     */
    public static List<Contestant> contestants(int threads, int each) {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(
                contestant(
                        "TreiberStack",
                        () -> {
                            TreiberStack<Integer> stack = new TreiberStack<>();
                            return new Subject(stack::push, stack::poll);
                        },
                        threads,
                        each));
        contestants.add(
                contestant(
                        "MichaelScottQueue",
                        () -> {
                            MichaelScottQueue<Integer> queue = new MichaelScottQueue<>();
                            return new Subject(queue::add, queue::poll);
                        },
                        threads,
                        each));
        contestants.add(
                contestant(
                        "PooledStack",
                        () -> {
                            PooledStack<Integer> stack = new PooledStack<>();
                            return new Subject(stack::push, stack::poll);
                        },
                        threads,
                        each));
        contestants.add(
                contestant(
                        "HazardStack",
                        () -> {
                            HazardStack<Integer> stack = new HazardStack<>();
                            return new Subject(stack::push, stack::poll);
                        },
                        threads,
                        each));
        contestants.add(
                contestant(
                        "ConcurrentLinkedDeque",
                        () -> {
                            ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();
                            return new Subject(deque::push, deque::poll);
                        },
                        threads,
                        each));
        return contestants;
    }

    private static Contestant contestant(
            String label, Supplier<Subject> maker, int threads, int each) {
        return new Contestant(
                label,
                () -> {},
                () -> {
                    Subject subject = maker.get();
                    return Crew.run(
                            threads,
                            thread -> {
                                for (int i = 0; i < each; i++) {
                                    subject.push().accept(i);
                                }
                                long sum = 0;
                                for (int i = 0; i < each; i++) {
                                    Integer element = subject.poll().get();
                                    sum += element == null ? 0 : element;
                                }
                                return sum;
                            });
                },
                answer ->
                        WrongAnswerException.check(
                                label, threads * ((long) each * (each - 1) / 2), answer));
    }
}
