package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class SchedulerMXBeanTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static ObjectName named(String name) throws Exception {
        return new ObjectName("dev.magpie:type=Scheduler,name=" + name);
    }

    private static Scheduler scheduler(String name) {
        return Scheduler.builder().workers(1).name(name).jmx(true).build();
    }

    @Test
    void isThereOnRequestOnlyAndUntilTermination() throws Exception {
        try (Scheduler quiet = Scheduler.builder().workers(1).name("quiet").build()) {
            assertThat(SERVER.isRegistered(named("quiet"))).isFalse();
            assertThat(quiet.config().jmx()).isFalse();
        }
        Scheduler scheduler = scheduler("shown");
        assertThat(SERVER.isRegistered(named("shown"))).isTrue();
        assertThat(scheduler.config().jmx()).isTrue();
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
        assertThat(SERVER.isRegistered(named("shown"))).isFalse();
    }

    @Test
    void namesakesGetNumbers() throws Exception {
        try (Scheduler first = scheduler("twin")) {
            try (Scheduler second = scheduler("twin")) {
                assertThat(SERVER.isRegistered(named("twin"))).isTrue();
                assertThat(SERVER.isRegistered(named("twin-2"))).isTrue();
            }
            assertThat(SERVER.isRegistered(named("twin"))).isTrue();
            assertThat(SERVER.isRegistered(named("twin-2"))).isFalse();
        }
    }

    @Test
    void namesThatObjectNamesForbidAreQuoted() throws Exception {
        String name = "a,b=c:\"*?";
        try (Scheduler scheduler = scheduler(name)) {
            ObjectName quoted = named(ObjectName.quote(name));
            assertThat(SERVER.getAttribute(quoted, "Name")).isEqualTo(name);
        }
    }

    @Test
    void everyAttributeCanBeRead() throws Exception {
        try (Scheduler scheduler = scheduler("read")) {
            assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
            Set<String> attributes =
                    Set.of(SERVER.getMBeanInfo(named("read")).getAttributes()).stream()
                            .map(MBeanAttributeInfo::getName)
                            .collect(Collectors.toSet());
            assertThat(attributes).hasSize(SchedulerMXBean.class.getMethods().length);
            for (String attribute : attributes) {
                Object value = SERVER.getAttribute(named("read"), attribute);
                assertThat(value).isNotNull();
                if (value instanceof Number number) {
                    assertThat(number.longValue()).as(attribute).isGreaterThanOrEqualTo(0);
                }
            }
            SchedulerMXBean bean = JMX.newMXBeanProxy(SERVER, named("read"), SchedulerMXBean.class);
            assertThat(bean.getParallelism()).isEqualTo(1);
            assertThat(bean.getSubmissions()).isEqualTo(1);
            assertThat(bean.getWorkerRunNanos()).hasSize(1);
            assertThat(bean.getDescription()).contains("read", "running");
        }
    }
}
