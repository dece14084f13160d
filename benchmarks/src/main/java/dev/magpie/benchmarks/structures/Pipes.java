package dev.magpie.benchmarks.structures;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.coordination.Channel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;

/** The pipes of a capacity: Magpie's first, then the JDK's natural one, then others. */
final class Pipes {

    private Pipes() {}

    /**
     * Who competes.
     *
     * @param capacity 0 for a rendezvous, {@link Integer#MAX_VALUE} for no bound
     * @param inWorkers whether tasks of a scheduler use them, which tell it that they block
     */
    static Map<String, Supplier<Pipe>> of(int capacity, boolean inWorkers) {
        Map<String, Supplier<Pipe>> pipes = new LinkedHashMap<>();
        pipes.put("Channel", () -> new ChannelPipe(channel(capacity)));
        if (capacity == 0) {
            pipes.put("SynchronousQueue", () -> queue(new SynchronousQueue<>(), inWorkers));
        } else if (capacity == Integer.MAX_VALUE) {
            pipes.put("LinkedBlockingQueue", () -> queue(new LinkedBlockingQueue<>(), inWorkers));
        } else {
            pipes.put(
                    "ArrayBlockingQueue",
                    () -> queue(new ArrayBlockingQueue<>(capacity), inWorkers));
            pipes.put(
                    "LinkedBlockingQueue",
                    () -> queue(new LinkedBlockingQueue<>(capacity), inWorkers));
        }
        if (JoxPipe.isAvailable() && !inWorkers) { // it cannot tell a scheduler that it blocks
            pipes.put("jox", () -> new JoxPipe(capacity));
        }
        return pipes;
    }

    static Channel<Long> channel(int capacity) {
        return switch (capacity) {
            case 0 -> Channel.rendezvous();
            case Integer.MAX_VALUE -> Channel.unbounded();
            default -> Channel.bounded(capacity);
        };
    }

    private static Pipe queue(BlockingQueue<Long> queue, boolean inWorkers) {
        return inWorkers ? new WorkersQueuePipe(queue) : new QueuePipe(queue);
    }

    private record ChannelPipe(Channel<Long> channel) implements Pipe {
        @Override
        public void send(Long element) throws InterruptedException {
            channel.send(element);
        }

        @Override
        public Long receive() throws InterruptedException {
            return channel.receive();
        }
    }

    private record QueuePipe(BlockingQueue<Long> queue) implements Pipe {
        @Override
        public void send(Long element) throws InterruptedException {
            queue.put(element);
        }

        @Override
        public Long receive() throws InterruptedException {
            return queue.take();
        }
    }

    /** Blocks as a task should that uses a queue: only if it must, and the scheduler knows. */
    private record WorkersQueuePipe(BlockingQueue<Long> queue) implements Pipe {
        @Override
        public void send(Long element) throws InterruptedException {
            if (!queue.offer(element)) {
                boolean unused =
                        block(
                                () -> {
                                    queue.put(element);
                                    return true;
                                });
            }
        }

        @Override
        public Long receive() throws InterruptedException {
            Long element = queue.poll();
            return element == null ? block(queue::take) : element;
        }

        /** A wait of the queue. */
        private interface Wait<T> {
            T call() throws InterruptedException;
        }

        private static <T> T block(Wait<T> wait) throws InterruptedException {
            try {
                return Scheduler.blocking(wait::call);
            } catch (InterruptedException | RuntimeException ex) {
                throw ex;
            } catch (Exception ex) {
                throw new IllegalStateException("a queue threw", ex);
            }
        }
    }
}
