package dev.magpie.benchmarks.structures;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.coordination.Channel;
import dev.magpie.scheduler.coordination.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Elements that go from senders to receivers; the first contestant is Magpie's channel. */
public final class Channels {

    /** How often other elements come again, so that none is allocated. */
    private static final int DISTINCT = 128;

    private Channels() {}

    /** Who sends and who receives. */
    public enum Shape {
        /** One sender, one receiver. */
        SPSC(1, 1),
        /** Several senders, one receiver. */
        MPSC(4, 1),
        /** Several senders and receivers. */
        MPMC(4, 4),
        /**
         * Several senders, each with a channel of its own, and one receiver that selects. The
         * rivals have no select: there all share one queue.
         */
        SELECT(4, 1);

        private final int senders;
        private final int receivers;

        Shape(int senders, int receivers) {
            this.senders = senders;
            this.receivers = receivers;
        }
    }

    /**
     * The contestants: Magpie's channel, the JDK's queue that comes next to it, and others.
     *
     * @param shape who sends and who receives
     * @param capacity 0 for a rendezvous, {@link Integer#MAX_VALUE} for no bound
     * @param messages how many elements a round, a multiple of 16
     * @param scheduler whose tasks send and receive; null for threads
     * @return who competes
     */
    public static List<Contestant> contestants(
            Shape shape, int capacity, int messages, @Nullable Scheduler scheduler) {
        List<Contestant> contestants = new ArrayList<>();
        Pipes.of(capacity, scheduler != null)
                .forEach(
                        (label, maker) -> {
                            Supplier<Sides> sides =
                                    shape == Shape.SELECT && label.equals("Channel")
                                            ? () -> selecting(shape, capacity)
                                            : () -> sharing(maker.get());
                            contestants.add(contestant(label, shape, sides, messages, scheduler));
                        });
        if (scheduler != null && shape != Shape.SELECT) {
            contestants.add(coroutines(shape, capacity, messages, scheduler));
        }
        return contestants;
    }

    private static Contestant coroutines(
            Shape shape, int capacity, int messages, Scheduler scheduler) {
        int each = messages / shape.senders;
        return new Contestant(
                "Kotlin",
                () -> {},
                () -> {
                    Coroutines coroutines = new Coroutines(scheduler, capacity);
                    List<Future<Long>> ends = new ArrayList<>();
                    for (int i = 0; i < shape.receivers; i++) {
                        ends.add(coroutines.receive(messages / shape.receivers));
                    }
                    for (int i = 0; i < shape.senders; i++) {
                        ends.add(coroutines.send(each, DISTINCT));
                    }
                    return sum(ends);
                },
                actual -> WrongAnswerException.check("Kotlin", answer(shape, each), actual));
    }

    /** What each of the senders and receivers uses. */
    private record Sides(List<Pipe> sending, Pipe receiving) {
        Pipe ofSender(int number) {
            return sending.get(number % sending.size());
        }
    }

    private static Sides sharing(Pipe pipe) {
        return new Sides(List.of(pipe), pipe);
    }

    private static Sides selecting(Shape shape, int capacity) {
        List<Channel<Long>> channels =
                Stream.generate(() -> Pipes.channel(capacity)).limit(shape.senders).toList();
        Select<Long> select = Select.fair();
        for (Channel<Long> channel : channels) {
            select = select.onReceive(channel, element -> element);
        }
        Select<Long> any = select;
        List<Pipe> sending = new ArrayList<>();
        for (Channel<Long> channel : channels) {
            sending.add(new SelectPipe(channel, any));
        }
        return new Sides(sending, sending.get(0));
    }

    private record SelectPipe(Channel<Long> channel, Select<Long> any) implements Pipe {
        @Override
        public void send(Long element) throws InterruptedException {
            channel.send(element);
        }

        @Override
        public Long receive() throws InterruptedException {
            return any.select();
        }
    }

    private static Contestant contestant(
            String label,
            Shape shape,
            Supplier<Sides> maker,
            int messages,
            @Nullable Scheduler scheduler) {
        int each = messages / shape.senders;
        return new Contestant(
                label,
                () -> {},
                () -> {
                    Sides sides = maker.get();
                    Crew.Work work =
                            number ->
                                    number < shape.receivers
                                            ? receive(sides.receiving, messages / shape.receivers)
                                            : send(sides.ofSender(number - shape.receivers), each);
                    int count = shape.senders + shape.receivers;
                    return scheduler == null
                            ? Crew.run(count, work)
                            : runTasks(scheduler, count, work);
                },
                actual -> WrongAnswerException.check(label, answer(shape, each), actual));
    }

    private static long answer(Shape shape, int each) {
        long sum = 0;
        for (int i = 0; i < each; i++) {
            sum += i % DISTINCT;
        }
        return sum * shape.senders;
    }

    private static long send(Pipe pipe, int count) {
        try {
            for (int i = 0; i < count; i++) {
                pipe.send((long) (i % DISTINCT));
            }
            return 0;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private static long receive(Pipe pipe, int count) {
        try {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += pipe.receive();
            }
            return sum;
        } catch (InterruptedException ex) {
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /** Runs the work as so many tasks, and returns the sum of what they return. */
    static long runTasks(Scheduler scheduler, int count, Crew.Work work) {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            futures.add(scheduler.submit(() -> work.run(number)));
        }
        return sum(futures);
    }

    private static long sum(List<Future<Long>> futures) {
        try {
            long sum = 0;
            for (Future<Long> future : futures) {
                sum += future.get();
            }
            return sum;
        } catch (ExecutionException | InterruptedException ex) {
            throw new IllegalStateException("a task failed", ex);
        }
    }
}
