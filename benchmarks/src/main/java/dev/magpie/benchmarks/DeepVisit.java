package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.uts.Tree;
import dev.magpie.benchmarks.uts.TreeSize;
import dev.magpie.benchmarks.uts.UtsProblem;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One visit to a tree that may be deeper than a stack: ends with the tree's size, a stack overflow
 * or a deadline, and says which.
 */
final class DeepVisit {

    private static final long DEADLINE_SECONDS = 300;
    private static final long STACK_SIZE = 1L << 30;

    private final Tree tree;
    private final Framework framework;
    private final int width;
    private final Pinning pinning;

    /**
     * A visit.
     *
     * @param width number of workers, or 0 for the framework's default configuration
     */
    DeepVisit(Tree tree, Framework framework, int width, Pinning pinning) {
        this.tree = tree;
        this.framework = framework;
        this.width = width;
        this.pinning = pinning;
    }

    List<Row> rows() {
        String who = framework.name().toLowerCase(Locale.ROOT) + (width == 0 ? "" : "@" + width);
        String name = "UTS " + tree + ", " + who;
        FutureTask<Long> visit = new FutureTask<>(this::visit);
        Thread visitor = new Thread(null, visit, "visitor", STACK_SIZE); // may be sequential
        visitor.setDaemon(true);
        List<MemoryPoolMXBean> heap = heapPools();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        visitor.start();
        try {
            long size = visit.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            return success(name, size, seconds, heap);
        } catch (ExecutionException ex) {
            if (!isStackOverflow(ex)) {
                throw new IllegalStateException(name + " failed", ex);
            }
            return List.of(judged(Row.outcome(name, "StackOverflowError"), false));
        } catch (TimeoutException ex) {
            return List.of(
                    judged(
                            Row.outcome(name, "no answer within " + DEADLINE_SECONDS + " s"),
                            false));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", ex);
        }
    }

    private long visit() {
        UtsProblem problem = new UtsProblem(tree);
        if (framework == Framework.MAGPIE && width == 0) {
            try (Scheduler scheduler = Scheduler.create()) {
                System.out.println(scheduler);
                return scheduler.invoke(problem.magpie());
            }
        }
        int workers = width == 0 ? Runtime.getRuntime().availableProcessors() : width;
        Engine engine = framework.start(workers, pinning);
        BenchmarkCommand.introduce(engine);
        long size = engine.solve(problem);
        engine.close(); // not after a failure: a pool whose stack overflowed may never end
        return size;
    }

    private List<Row> success(String name, long size, double seconds, List<MemoryPoolMXBean> heap) {
        WrongAnswerException.check(name + ", nodes", tree.nodes(), TreeSize.nodes(size));
        WrongAnswerException.check(name + ", depth", tree.depth(), TreeSize.depth(size));
        long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        String limit = (Runtime.getRuntime().maxMemory() >> 20) + " MiB of heap granted";
        return List.of(
                judged(Row.of(name, "nodes", Figure.ofCount(TreeSize.nodes(size))), true),
                Row.of(name + ", depth", "levels", Figure.ofCount(TreeSize.depth(size))),
                Row.of(name + ", time", "s", Figure.of(seconds)),
                Row.of(name + ", sum of the heap pools' peaks", "MiB of " + limit, mebi(peak)));
    }

    /** Only Magpie has to. */
    private Row judged(Row row, boolean right) {
        return framework == Framework.MAGPIE
                ? row.judged("the right count, " + tree.nodes(), right)
                : row;
    }

    private static Figure mebi(long bytes) {
        return Figure.ofCount(bytes >> 20);
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static boolean isStackOverflow(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StackOverflowError) {
                return true;
            }
        }
        return false;
    }
}
