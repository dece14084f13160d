package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {

    @Test
    void tellsWhatWasAskedFor() {
        ThreadFactory factory = Thread::new;
        UnaryOperator<Runnable> decorator = runnable -> runnable;
        UncaughtExceptionHandler handler = (thread, thrown) -> {};
        try (Scheduler scheduler =
                Scheduler.builder()
                        .workers(2)
                        .name("told")
                        .pinning(Pinning.NONE)
                        .stackSize(1 << 20)
                        .maxSpares(5)
                        .daemon(false)
                        .threadFactory(factory)
                        .taskDecorator(decorator)
                        .uncaughtExceptionHandler(handler)
                        .jmx(true)
                        .reportHeldMonitors(true)
                        .build()) {
            SchedulerConfig config = scheduler.config();
            assertThat(config)
                    .isEqualTo(
                            new SchedulerConfig(
                                    2,
                                    "set by the program",
                                    "told",
                                    Pinning.NONE,
                                    config.pinningDecision(),
                                    1 << 20,
                                    5,
                                    false,
                                    factory,
                                    decorator,
                                    handler,
                                    true,
                                    true,
                                    false));
            assertThat(config.toString())
                    .contains("jmx=true", "reportHeldMonitors=true", "clearThreadLocals=false");
        }
    }

    @Test
    void whatIsNotAskedForIsOff() {
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            SchedulerConfig config = scheduler.config();
            assertThat(config.jmx()).isFalse();
            assertThat(config.reportHeldMonitors()).isFalse();
            assertThat(config.clearThreadLocals()).isFalse();
            assertThat(config.uncaughtExceptionHandler()).isNull();
            assertThat(config.threadFactory()).isNull();
            assertThat(config.taskDecorator()).isNull();
        }
    }

    @Test
    void hasAComponentForEachOption() {
        List<String> components =
                Arrays.stream(SchedulerConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList();
        List<String> options =
                Arrays.stream(SchedulerBuilder.class.getMethods())
                        .filter(method -> method.getReturnType() == SchedulerBuilder.class)
                        .map(Method::getName)
                        .toList();
        assertThat(options).hasSizeGreaterThan(8);
        assertThat(components).containsAll(options);
    }
}
