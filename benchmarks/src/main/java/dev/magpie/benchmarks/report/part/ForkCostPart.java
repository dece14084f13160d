package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.report.result.ForkCost;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a fork costs: Fibonacci numbers without a cut-off, on one worker. */
final class ForkCostPart implements Part {

    private static final Map<Framework, String> NAMES = names();

    private static Map<Framework, String> names() {
        Map<Framework, String> names = new LinkedHashMap<>();
        names.put(Framework.MAGPIE, Line.MAGPIE);
        names.put(Framework.FORKJOIN, "ForkJoinPool");
        names.put(Framework.CHASELEV, "plain Chase-Lev");
        names.put(Framework.SEQUENTIAL, "sequential recursion");
        return names;
    }

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        int number =
                switch (setting.scale()) {
                    case TINY -> 12;
                    case QUICK -> 29;
                    case FULL -> 34;
                };
        FibProblem problem = new FibProblem(number);
        List<Framework> frameworks = List.copyOf(NAMES.keySet());
        try (Engines engines = new Engines(frameworks, List.of(1), setting.pinning())) {
            List<Contestant> contestants = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (Engine engine : engines.stream().toList()) {
                contestants.add(Contestant.of(engine, problem));
                labels.add(engine.label());
            }
            Race race = new Race(contestants);
            int warmUps = setting.scale().warmUps() + 2;
            long start = System.nanoTime();
            Timings unused = race.run(warmUps, 0);
            setting.progress().accept(0.4);
            int rounds = setting.scale().rounds((System.nanoTime() - start) / warmUps);
            loop.sample();
            Timings timings = race.run(0, rounds);
            return Results.ofForkCosts(costs(setting, number, problem.calls(), labels, timings));
        }
    }

    private static List<ForkCost> costs(
            Setting setting, int number, double calls, List<String> labels, Timings timings) {
        List<ForkCost> costs = new ArrayList<>();
        List<String> names = List.copyOf(NAMES.values());
        for (int i = 0; i < labels.size(); i++) {
            costs.add(
                    new ForkCost(
                            Runtime.version().toString(),
                            names.get(i),
                            timings.time(labels.get(i), calls),
                            "fib(" + number + "), 1 thread",
                            setting.command()));
        }
        return costs;
    }
}
