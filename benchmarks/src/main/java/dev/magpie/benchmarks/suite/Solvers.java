package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.FixedEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.harness.VirtualEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The frameworks as contenders. Stateless. */
final class Solvers {

    static final String MAGPIE = name(Framework.MAGPIE);
    static final String FORKJOIN = name(Framework.FORKJOIN);
    static final String CHASELEV = name(Framework.CHASELEV);
    static final String FIXED = "fixed";
    static final String VIRTUAL = "virtual";
    static final String STREAM = "stream";

    private Solvers() {}

    private static String name(Framework framework) {
        return framework.name().toLowerCase(Locale.ROOT);
    }

    /** Those that fork and join a problem's tasks; each contender has a problem of its own. */
    static <P extends Problem> List<Contender> forking(Supplier<P> problems) {
        return List.of(
                engine(Framework.MAGPIE, problems),
                engine(Framework.FORKJOIN, problems),
                engine(Framework.CHASELEV, problems));
    }

    /** The baseline: plain recursion or a loop. */
    static <P extends Problem> Contender sequential(Supplier<P> problems) {
        return Contender.single(
                Contender.SEQUENTIAL,
                (width, pinning) -> {
                    P problem = problems.get();
                    return Trial.of(
                            Contender.SEQUENTIAL, problem.answer(), problem::sequential, () -> {});
                });
    }

    private static <P extends Problem> Contender engine(Framework framework, Supplier<P> problems) {
        return Contender.wide(
                name(framework),
                (width, pinning) -> {
                    P problem = problems.get();
                    Engine engine = framework.start(width, pinning);
                    return Trial.of(
                            engine.label(),
                            problem.answer(),
                            () -> engine.solve(problem),
                            engine::close);
                });
    }

    /** All that have an executor. */
    static List<Contender> executors(Function<ExecutorEngine, Trial> trials) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(pool(Framework.MAGPIE, trials));
        contenders.add(pool(Framework.FORKJOIN, trials));
        contenders.add(fixed((engine, width) -> trials.apply(engine)));
        contenders.addAll(virtual(trials));
        return contenders;
    }

    private static Contender pool(Framework framework, Function<ExecutorEngine, Trial> trials) {
        return Contender.wide(
                name(framework),
                (width, pinning) -> closing((PoolEngine) framework.start(width, pinning), trials));
    }

    /** A fixed thread pool. */
    static Contender fixed(BiFunction<ExecutorEngine, Integer, Trial> trials) {
        return Contender.wide(
                FIXED,
                (width, pinning) ->
                        closing(new FixedEngine(width), engine -> trials.apply(engine, width)));
    }

    /** A virtual thread for each task; nobody where the JDK has none. */
    static List<Contender> virtual(Function<ExecutorEngine, Trial> trials) {
        return VirtualEngine.isAvailable()
                ? List.of(
                        Contender.single(
                                VIRTUAL, (width, pinning) -> closing(new VirtualEngine(), trials)))
                : List.of();
    }

    /** A trial that ends its engine, too. */
    private static Trial closing(ExecutorEngine engine, Function<ExecutorEngine, Trial> trials) {
        Trial trial = trials.apply(engine);
        return trial.endedBy(
                () -> {
                    trial.close();
                    engine.close();
                });
    }

    /** A trial of an executor that holds nothing else. */
    static Trial trial(ExecutorEngine engine, long answer, ToLongFunction<ExecutorService> timed) {
        return Trial.of(
                engine.label(), answer, () -> timed.applyAsLong(engine.executor()), () -> {});
    }
}
