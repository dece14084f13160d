package dev.magpie.benchmarks.harness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread for each task, where the JDK has them: from 21 on. Their carriers belong to the
 * JVM, one a CPU.
 */
public final class VirtualEngine implements ExecutorEngine {

    private static final @Nullable MethodHandle FACTORY = factory();

    private final ExecutorService executor;

    /**
     * Starts it.
     *
     * @throws IllegalStateException if this JDK has no virtual threads
     */
    public VirtualEngine() {
        MethodHandle factory = FACTORY;
        if (factory == null) {
            throw new IllegalStateException(
                    "virtual threads need JDK 21 or later, this is " + Runtime.version());
        }
        try {
            executor = (ExecutorService) factory.invoke();
        } catch (Throwable ex) {
            throw new IllegalStateException("no executor of virtual threads", ex);
        }
    }

    /** Whether this JDK has virtual threads. */
    public static boolean isAvailable() {
        return FACTORY != null;
    }

    private static @Nullable MethodHandle factory() {
        if (Runtime.version().feature() < 21) {
            return null; // 19 and 20 have them as a preview
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
        } catch (ReflectiveOperationException ex) {
            return null;
        }
    }

    @Override
    public String label() {
        return "virtual";
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }

    /** Always: nothing tells what the carriers do. */
    @Override
    public boolean isParked() {
        return true;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
