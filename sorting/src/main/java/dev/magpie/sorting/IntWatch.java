package dev.magpie.sorting;

/** A comparator that throws when the sort is to stop. Of one thread, for one piece. */
final class IntWatch extends Watch implements IntComparator {

    private final IntComparator order;

    IntWatch(IntComparator order, Control control) {
        super(control);
        this.order = order;
    }

    @Override
    public int compare(int left, int right) {
        look();
        return order.compare(left, right);
    }
}
