package dev.magpie.sorting;

/** A comparator that throws when the sort is to stop. Of one thread, for one piece. */
final class DoubleWatch extends Watch implements DoubleComparator {

    private final DoubleComparator order;

    DoubleWatch(DoubleComparator order, Control control) {
        super(control);
        this.order = order;
    }

    @Override
    public int compare(double left, double right) {
        look();
        return order.compare(left, right);
    }
}
