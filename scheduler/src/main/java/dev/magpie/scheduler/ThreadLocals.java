package dev.magpie.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Clears the thread-locals of the calling thread, which the JDK keeps in two private fields of
 * {@link Thread}. It lets nobody reach them unless it was started with a flag.
 */
final class ThreadLocals {

    private final VarHandle own;
    private final VarHandle inherited;

    private ThreadLocals(VarHandle own, VarHandle inherited) {
        this.own = own;
        this.inherited = inherited;
    }

    /**
     * Finds the fields.
     *
     * @throws IllegalStateException if the runtime does not open them to this library
     */
    static ThreadLocals find() {
        try {
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            return new ThreadLocals(
                    lookup.findVarHandle(Thread.class, "threadLocals", map),
                    lookup.findVarHandle(Thread.class, "inheritableThreadLocals", map));
        } catch (ReflectiveOperationException ex) {
            Module module = ThreadLocals.class.getModule();
            String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
            throw new IllegalStateException(
                    "clearThreadLocals needs the JVM option --add-opens java.base/java.lang="
                            + name,
                    ex);
        }
    }

    /** Forgets all of the calling thread. */
    void clear() {
        Thread thread = Thread.currentThread();
        own.set(thread, null);
        inherited.set(thread, null);
    }
}
