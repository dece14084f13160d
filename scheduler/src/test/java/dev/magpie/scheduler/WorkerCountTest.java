package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.topology.Topology;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCountTest {

    private final Topology machine = Topology.read();

    @AfterEach
    void clearProperty() {
        System.clearProperty(WorkerCount.PROPERTY);
    }

    private static SchedulerBuilder builder() {
        return Scheduler.builder().pinning(Pinning.NONE);
    }

    @Test
    void theDefaultIsWhatTheJvmGrantsAndSaysSo() {
        try (Scheduler scheduler = builder().build()) {
            assertThat(scheduler.config().workers()).isEqualTo(machine.available());
            assertThat(scheduler.config().workersDecision())
                    .startsWith("availableProcessors is " + machine.available());
            assertThat(scheduler.toString()).contains(scheduler.config().workersDecision());
        }
    }

    @Test
    void thePropertyOverridesTheDefault() {
        System.setProperty(WorkerCount.PROPERTY, " 3 ");
        try (Scheduler scheduler = builder().build()) {
            assertThat(scheduler.getParallelism()).isEqualTo(3);
            assertThat(scheduler.config().workersDecision())
                    .isEqualTo("system property magpie.workers");
        }
    }

    @Test
    void whatTheProgramSetsOutweighsTheProperty() {
        System.setProperty(WorkerCount.PROPERTY, "nonsense");
        try (Scheduler scheduler = builder().workers(2).build()) {
            assertThat(scheduler.getParallelism()).isEqualTo(2);
            assertThat(scheduler.config().workersDecision()).isEqualTo("set by the program");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, WorkerCount.MAX})
    void theFirstAndTheLastNumberAreTaken(int workers) {
        assertThat(WorkerCount.explicit(workers).workers()).isEqualTo(workers);
        System.setProperty(WorkerCount.PROPERTY, "" + workers);
        assertThat(WorkerCount.implicit(machine).workers()).isEqualTo(workers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "32768", "99999999999", "two", "", "1.5"})
    void aPropertyThatIsNoNumberOfWorkersIsRefused(String value) {
        System.setProperty(WorkerCount.PROPERTY, value);
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "system property magpie.workers must be between 1 and 32767, was '"
                                + value
                                + "'");
    }

    @Test
    void aPinnedWorkerDetectsWhatOthersDo() throws Exception {
        try (Scheduler pinned = Scheduler.builder().pinning(Pinning.PER_CORE).build()) {
            int inside =
                    pinned.submit(
                                    () -> {
                                        try (Scheduler inner = builder().build()) {
                                            return inner.getParallelism();
                                        }
                                    })
                            .get(30, SECONDS);
            assertThat(inside).isEqualTo(machine.available());
        }
    }

    @Test
    void aQuotaThatExplainsTheNumberIsNamed() {
        int allowed = machine.allowed().map(set -> set.size()).orElse(0);
        WorkerCount count =
                WorkerCount.detected(machine, OptionalDouble.of(machine.available() - 0.5));
        assertThat(count.workers()).isEqualTo(machine.available());
        if (machine.available() == allowed) {
            assertThat(count.decision()).endsWith(": the affinity mask");
        } else {
            assertThat(count.decision()).contains(": a cgroup quota of ");
        }
    }
}
