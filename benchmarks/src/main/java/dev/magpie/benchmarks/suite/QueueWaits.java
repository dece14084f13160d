package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.structures.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long an offer and a poll of a queue take together, one pair at a time. */
final class QueueWaits implements Measurable {

    private static final int BLOCKS = 5;

    private final int threads;
    private final int each;

    QueueWaits(int threads, int each) {
        this.threads = threads;
        this.each = each;
    }

    @Override
    public String title() {
        return "queue, an offer and poll, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public List<String> names() {
        return Queues.contestants(threads, each).stream().map(Contestant::label).toList();
    }

    @Override
    public Outcome measure(Setting setting) {
        Integer rounds = setting.rounds();
        Map<String, Latencies> latencies =
                Queues.latencies(threads, each, rounds == null ? BLOCKS : rounds);
        List<String> labels = latencies.keySet().stream().filter(setting::includes).toList();
        List<WaitOutcome.Waits> waits = new ArrayList<>();
        for (String label : labels) {
            Latencies measured = latencies.getOrDefault(label, new Latencies());
            waits.add(new WaitOutcome.Waits(label, labels.get(0), measured, 0, List.of()));
        }
        return new WaitOutcome("queue-" + threads, title(), waits);
    }
}
