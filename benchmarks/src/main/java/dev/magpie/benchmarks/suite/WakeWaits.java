package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.WakeSampler;
import java.util.ArrayList;
import java.util.List;

/** How long a pool whose workers are parked takes to run a submitted task. */
final class WakeWaits implements Measurable {

    private static final int BLOCKS = 20;

    private final int samplesABlock;

    WakeWaits(Size size) {
        samplesABlock = size.pick(5, 250);
    }

    @Override
    public String title() {
        return "submit to run, parked pool";
    }

    @Override
    public List<String> names() {
        return Executors.names();
    }

    @Override
    public Outcome measure(Setting setting) {
        int blocks = setting.rounds() == null ? BLOCKS : setting.rounds();
        List<ExecutorEngine> engines = new ArrayList<>();
        try {
            for (String name : names()) {
                if (setting.includes(name)) {
                    start(name, setting, engines);
                }
            }
            return sample(engines, blocks);
        } finally {
            engines.forEach(ExecutorEngine::close);
        }
    }

    private static void start(String name, Setting setting, List<ExecutorEngine> engines) {
        boolean hasWidth = !name.equals(Solvers.VIRTUAL);
        int first = engines.size();
        for (int width : hasWidth ? setting.widestFirst() : List.of(0)) {
            engines.add(first, Executors.start(name, width, setting.pinning()));
        }
    }

    /** A block of each pool in turn; the first of each does not count. */
    private Outcome sample(List<ExecutorEngine> engines, int blocks) {
        List<Latencies> latencies = engines.stream().map(engine -> new Latencies()).toList();
        WakeSampler sampler = new WakeSampler();
        for (int block = -1; block < blocks; block++) {
            for (int i = 0; i < engines.size(); i++) {
                int turn = Math.floorMod(block + i, engines.size());
                sampler.sample(
                        engines.get(turn),
                        samplesABlock,
                        block < 0 ? new Latencies() : latencies.get(turn));
            }
        }
        List<WaitOutcome.Waits> waits = new ArrayList<>();
        List<String> labels = engines.stream().map(ExecutorEngine::label).toList();
        for (int i = 0; i < engines.size(); i++) {
            waits.add(WaitOutcome.Waits.of(labels, i, latencies.get(i), 0, List.of()));
        }
        return new WaitOutcome("wake", title(), waits);
    }
}
