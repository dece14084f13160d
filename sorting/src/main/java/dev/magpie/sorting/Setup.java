package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.util.Comparator;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all sorts of one {@link Sorter} share.
 *
 * @param scheduler whose workers sort
 * @param workspace where buffers come from
 * @param controls makes the control of a sort that starts now
 * @param grains how finely sorts are cut
 * @param longs sorts longs in ascending order within a sort, and stops when that one does
 * @param descending whether the greatest comes first
 */
record Setup(
        Scheduler scheduler,
        Workspace workspace,
        Supplier<Control> controls,
        Grains grains,
        BiConsumer<Control, long[]> longs,
        boolean descending) {

    /** The order in which a sort puts objects, by the caller's word; null is the natural one. */
    @SuppressWarnings("unchecked")
    Comparator<Object> order(@Nullable Comparator<?> order) {
        Comparator<Object> chosen =
                (Comparator<Object>) (order == null ? Comparator.naturalOrder() : order);
        return descending ? chosen.reversed() : chosen;
    }

    /** The order in which a sort puts what a comparator compares. */
    IntComparator directed(IntComparator order) {
        return descending ? order.reversed() : order;
    }

    /** A sort that starts now. */
    Execution begin() {
        return new Execution(scheduler, controls.get(), grains);
    }

    /** One of several sorts that together are a call, with its share of the call's moves. */
    Execution begin(Control call, long moves) {
        return new Execution(scheduler, new Control(call.stop(), 0, call.share(moves)), grains);
    }
}
