package dev.magpie.examples;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The parallelism of the common pool, by which {@code Arrays.parallelSort} decides whether and how
 * to split, whatever pool it then runs in. Settable at any time from JDK 19 on, before that only by
 * a system property that is read once.
 */
final class CommonParallelism {

    private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private static final @Nullable MethodHandle SETTER = setter();

    private CommonParallelism() {}

    private static @Nullable MethodHandle setter() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ForkJoinPool.class,
                            "setParallelism",
                            MethodType.methodType(int.class, int.class));
        } catch (NoSuchMethodException | IllegalAccessException ex) {
            return null; // before JDK 19
        }
    }

    /** Whether it follows {@link #set}; otherwise it stays as {@link #prepare} left it. */
    static boolean isSettable() {
        return SETTER != null;
    }

    /** To be called before anything touches the common pool, with the largest width to come. */
    static void prepare(int largest) {
        if (isSettable()) {
            System.clearProperty(PROPERTY); // a preset value would forbid setting it
        } else {
            System.setProperty(PROPERTY, String.valueOf(largest));
        }
    }

    /** Sets the width, where that can be done. */
    static void set(int width) {
        if (SETTER != null) {
            try {
                Object unused = SETTER.invoke(ForkJoinPool.commonPool(), width);
            } catch (UnsupportedOperationException ex) {
                return; // touched before prepare, with a preset value
            } catch (RuntimeException | Error ex) {
                throw ex;
            } catch (Throwable ex) {
                throw new IllegalStateException("setParallelism threw a checked exception", ex);
            }
        }
    }
}
