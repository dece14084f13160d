package dev.magpie.sorting;

import java.util.Comparator;

/** A comparator that throws when the sort is to stop. Of one thread, for one piece. */
final class ObjectWatch extends Watch implements Comparator<Object> {

    private final Comparator<Object> order;

    ObjectWatch(Comparator<Object> order, Control control) {
        super(control);
        this.order = order;
    }

    @Override
    public int compare(Object left, Object right) {
        look();
        return order.compare(left, right);
    }
}
