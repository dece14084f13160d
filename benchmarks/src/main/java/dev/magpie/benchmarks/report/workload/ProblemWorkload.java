package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.report.result.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * A recursive problem, the same tasks in each framework.
 *
 * @param <P> the problem's type
 */
final class ProblemWorkload<P extends Problem & Recordable> implements Workload {

    /** The first warms up; of each strand the shortest counts. */
    static final int RECORDED_RUNS = 4;

    private final String title;
    private final P problem;
    private final Runnable before;
    private final BooleanSupplier verify;
    private final List<Callable<Long>> pieces;

    /** A problem that a fixed thread pool cannot run: its tasks would wait for each other. */
    ProblemWorkload(String title, P problem) {
        this(title, problem, () -> {}, () -> true, List.of());
    }

    /**
     * A problem.
     *
     * @param title with its size
     * @param problem what to compute
     * @param before prepares each computation
     * @param verify looks at what a computation left behind
     * @param pieces the same computation for a fixed thread pool; none if it has none
     */
    ProblemWorkload(
            String title,
            P problem,
            Runnable before,
            BooleanSupplier verify,
            List<Callable<Long>> pieces) {
        this.title = title;
        this.problem = problem;
        this.before = before;
        this.verify = verify;
        this.pieces = pieces;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String baselineName() {
        return "plain recursion";
    }

    @Override
    public Contestant baseline() {
        return checked("baseline", new Contestant("", before, problem::sequential, answer -> {}));
    }

    @Override
    public List<Entry> entries(Pools pools) {
        List<Entry> entries = new ArrayList<>();
        pools.magpie().forEach((width, pool) -> entries.add(entry(Line.MAGPIE, width, pool)));
        pools.forkJoin().forEach((width, pool) -> entries.add(entry(Names.FORK_JOIN, width, pool)));
        if (!pieces.isEmpty()) {
            pools.fixed()
                    .forEach(
                            (width, pool) -> {
                                String label = Names.FIXED + "@" + width;
                                Contestant contestant =
                                        new Contestant(
                                                label,
                                                before,
                                                () -> FixedPool.sum(pool, pieces),
                                                answer -> {});
                                entries.add(
                                        new Entry(Names.FIXED, width, checked(label, contestant)));
                            });
        }
        return entries;
    }

    private Entry entry(String framework, int width, Engine engine) {
        Contestant contestant = Contestant.of(engine, problem);
        String label = framework + "@" + width;
        Contestant prepared = new Contestant(label, before, contestant.timed(), contestant.check());
        return new Entry(framework, width, checked(label, prepared));
    }

    private Contestant checked(String label, Contestant contestant) {
        return new Contestant(
                label,
                contestant.before(),
                contestant.timed(),
                answer -> {
                    WrongAnswerException.check(label, problem.answer(), answer);
                    if (!verify.getAsBoolean()) {
                        throw new WrongAnswerException(label + " left a wrong result");
                    }
                });
    }

    @Override
    public String graphNote() {
        return "every task, in a serial run of the same recursion";
    }

    @Override
    public boolean isCutByWorkers() {
        return false;
    }

    @Override
    public TaskGraph record(int workers, double grainNanos, double burdenNanos) {
        GraphRecorder recorder = new GraphRecorder(grainNanos, burdenNanos);
        TaskGraph graph = null;
        for (int run = 0; run < RECORDED_RUNS; run++) {
            before.run();
            GraphRecorder.Recording<Long> recording = recorder.record(problem.recorded(recorder));
            WrongAnswerException.check("the recorded run", problem.answer(), recording.result());
            graph = recording.graph();
        }
        return Objects.requireNonNull(graph);
    }
}
