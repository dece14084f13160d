package dev.magpie.scheduler;

/** A piece of a loop that has no result: what its elements do is all that matters. */
final class EachTask extends RangeTask<EachTask> {

    /** Runs the elements of a range of indices, one after the other. */
    interface Body {

        /** Runs the elements from {@code from}, inclusive, to {@code to}, exclusive. */
        void run(long from, long to);
    }

    private final Body body;

    EachTask(RangeCall call, long from, long to, Body body) {
        super(call, from, to);
        this.body = body;
    }

    @Override
    void run(long from, long to) {
        body.run(from, to);
    }

    @Override
    EachTask piece(long from, long to) {
        return new EachTask(call, from, to, body);
    }

    @Override
    void append(EachTask right) {}
}
