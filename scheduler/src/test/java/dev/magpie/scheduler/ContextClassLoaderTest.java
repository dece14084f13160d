package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers and spares have the class loader of who built the scheduler. */
class ContextClassLoaderTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader creators = new URLClassLoader(new URL[0], before);
    private final ClassLoader tasks = new URLClassLoader(new URL[0], before);

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private Scheduler poolOfCreator() {
        Thread.currentThread().setContextClassLoader(creators);
        Scheduler scheduler = Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
        Thread.currentThread().setContextClassLoader(before);
        return scheduler;
    }

    @Test
    void aWorkerHasThatOfTheCreator() throws Exception {
        try (Scheduler scheduler = poolOfCreator()) {
            assertThat(scheduler.submit(ContextClassLoaderTest::current).get(30, SECONDS))
                    .isSameAs(creators);
        }
    }

    @Test
    void aSpareDoesNotInheritThatOfATask() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler other = poolOfCreator();
                Scheduler scheduler = poolOfCreator()) {
            Task<Boolean> opened = other.submit(() -> gate.await(30, SECONDS));
            Future<Boolean> waits =
                    scheduler.submit(
                            () -> {
                                Thread.currentThread().setContextClassLoader(tasks);
                                return opened.join();
                            });
            Future<Boolean> bySpare =
                    scheduler.submit(
                            () -> {
                                assertThat(Thread.currentThread().getName()).contains("-spare-");
                                return current() == creators;
                            });
            assertThat(bySpare.get(30, SECONDS)).isTrue();
            gate.countDown();
            assertThat(waits.get(30, SECONDS)).isTrue();
        } finally {
            gate.countDown();
        }
    }

    private static ClassLoader current() {
        return Thread.currentThread().getContextClassLoader();
    }
}
