package dev.magpie.sorting;

/** A part of a merge that one worker does: part of either run, and where their elements go. */
public final class MergePiece {

    private final int[] source;
    private final int leftFrom;
    private final int leftTo;
    private final int rightFrom;
    private final int rightTo;
    private final int[] target;
    private final int targetFrom;

    MergePiece(
            int[] source,
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int[] target,
            int targetFrom) {
        this.source = source;
        this.leftFrom = leftFrom;
        this.leftTo = leftTo;
        this.rightFrom = rightFrom;
        this.rightTo = rightTo;
        this.target = target;
        this.targetFrom = targetFrom;
    }

    /** Merges this piece. */
    public void merge() {
        MergeKernel.merge(source, leftFrom, leftTo, rightFrom, rightTo, target, targetFrom);
    }
}
