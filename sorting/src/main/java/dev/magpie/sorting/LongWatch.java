package dev.magpie.sorting;

/** A comparator that throws when the sort is to stop. Of one thread, for one piece. */
final class LongWatch extends Watch implements LongComparator {

    private final LongComparator order;

    LongWatch(LongComparator order, Control control) {
        super(control);
        this.order = order;
    }

    @Override
    public int compare(long left, long right) {
        look();
        return order.compare(left, right);
    }
}
