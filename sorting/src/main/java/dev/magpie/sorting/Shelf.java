package dev.magpie.sorting;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps one array for whoever takes it next. Thread-safe: of several takers one gets it. */
final class Shelf<A> {

    private final boolean soft;
    private final IntFunction<A> maker;
    private final ToIntFunction<A> measure;
    private final ObjIntConsumer<A> forget;
    private final AtomicReference<@Nullable Object> kept = new AtomicReference<>();

    /** A shelf for arrays that keep nothing alive. */
    Shelf(boolean soft, IntFunction<A> maker, ToIntFunction<A> measure) {
        this(soft, maker, measure, (array, used) -> {});
    }

    /**
     * An empty shelf.
     *
     * @param soft whether what is kept may go before memory runs out
     * @param maker allocates an array of a given length
     * @param measure the length of an array
     * @param forget clears the first part, of the given length, of an array that is given back
     */
    Shelf(boolean soft, IntFunction<A> maker, ToIntFunction<A> measure, ObjIntConsumer<A> forget) {
        this.soft = soft;
        this.maker = maker;
        this.measure = measure;
        this.forget = forget;
    }

    /** An array of at least the given length, whatever is in it. */
    A take(int length) {
        A array = unwrap(kept.getAndSet(null));
        return array == null || measure.applyAsInt(array) < length ? maker.apply(length) : array;
    }

    /** Called when nobody writes the array any more, of which a first part was used. */
    void giveBack(A array, int used) {
        forget.accept(array, used);
        giveBack(array);
    }

    /** Called when nobody writes the array any more. */
    void giveBack(A array) {
        if (measure.applyAsInt(array) > 0) {
            kept.set(soft ? new SoftReference<>(array) : array);
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable A unwrap(@Nullable Object held) {
        return (A) (held instanceof SoftReference<?> reference ? reference.get() : held);
    }
}
