package dev.magpie.benchmarks.structures;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A channel of jox, whose classes are for JDK 21 and later: by constant method handles. */
final class JoxPipe implements Pipe {

    private static final int LEAST_JDK = 21;

    private final Object channel;

    JoxPipe(int capacity) {
        channel = Handles.open(capacity);
    }

    static boolean isAvailable() {
        return Runtime.version().feature() >= LEAST_JDK;
    }

    /** Initialised on first use, and so not on a JDK that cannot load what they lead to. */
    private static final class Handles {
        private static final MethodHandle BUFFERED;
        private static final MethodHandle UNLIMITED;
        private static final MethodHandle SEND;
        private static final MethodHandle RECEIVE;

        static {
            try {
                Class<?> type = Class.forName("com.softwaremill.jox.Channel");
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                BUFFERED =
                        lookup.findConstructor(type, MethodType.methodType(void.class, int.class))
                                .asType(MethodType.methodType(Object.class, int.class));
                UNLIMITED =
                        lookup.findStatic(type, "newUnlimitedChannel", MethodType.methodType(type))
                                .asType(MethodType.methodType(Object.class));
                SEND =
                        lookup.findVirtual(
                                        type,
                                        "send",
                                        MethodType.methodType(void.class, Object.class))
                                .asType(
                                        MethodType.methodType(
                                                void.class, Object.class, Object.class));
                RECEIVE =
                        lookup.findVirtual(type, "receive", MethodType.methodType(Object.class))
                                .asType(MethodType.methodType(Object.class, Object.class));
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        static Object open(int capacity) {
            try {
                return capacity == Integer.MAX_VALUE
                        ? (Object) UNLIMITED.invokeExact()
                        : (Object) BUFFERED.invokeExact(capacity);
            } catch (Throwable ex) {
                throw new IllegalStateException("jox threw", ex);
            }
        }
    }

    @Override
    public void send(Long element) throws InterruptedException {
        try {
            Handles.SEND.invokeExact(channel, (Object) element);
        } catch (InterruptedException | RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException("jox threw", ex);
        }
    }

    @Override
    public Long receive() throws InterruptedException {
        try {
            return (Long) (Object) Handles.RECEIVE.invokeExact(channel);
        } catch (InterruptedException | RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException("jox threw", ex);
        }
    }
}
