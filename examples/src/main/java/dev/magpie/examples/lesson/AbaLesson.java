package dev.magpie.examples.lesson;

import java.util.concurrent.atomic.AtomicLong;

/** A compare-and-set that succeeds although everything has changed, because a name came back. */
final class AbaLesson implements Lesson {

    private static final int NOTHING = 0xffff;
    private static final int A = 0;
    private static final int B = 1;

    @Override
    public String name() {
        return "aba";
    }

    @Override
    public String summary() {
        return "a stack with reused nodes breaks; a version number repairs it";
    }

    /** A stack of nodes that are numbered and used again; the top's upper half is a version. */
    private static final class IndexStack {

        private final AtomicLong top = new AtomicLong(NOTHING);
        private final int[] below = {NOTHING, NOTHING};
        private final long versionStep;

        IndexStack(boolean versioned) {
            versionStep = versioned ? 1L << 32 : 0;
        }

        void push(int node) {
            long seen = top.get();
            below[node] = (int) seen;
            while (!top.compareAndSet(seen, next(seen, node))) {
                seen = top.get();
                below[node] = (int) seen;
            }
        }

        int pop() {
            long seen = top.get();
            while ((int) seen != NOTHING
                    && !top.compareAndSet(seen, next(seen, below[(int) seen]))) {
                seen = top.get();
            }
            return (int) seen;
        }

        /** The second half of a pop that read the top and the node below it some time ago. */
        boolean finishPop(long seen, int under) {
            return top.compareAndSet(seen, next(seen, under));
        }

        private long next(long seen, int node) {
            return (seen & ~0xffff_ffffL) + versionStep | node;
        }
    }

    @Override
    public void teach(Board board) throws InterruptedException {
        board.title("The failure: A, then B, then A again");
        IndexStack plain = new IndexStack(false);
        boolean fooled = popAcrossAReturn(board, plain);
        board.claim("the compare-and-set succeeded: the top was A, as before", fooled);
        board.claim("the stack now begins with B, which the right thread owns", plain.pop() == B);

        board.title("The repair: a version that each change counts up");
        IndexStack versioned = new IndexStack(true);
        boolean refused = !popAcrossAReturn(board, versioned);
        board.claim("the compare-and-set was refused: the top is A, of another version", refused);
        board.claim("the stack holds A, and nothing else", versioned.pop() == A);
        board.claim("and is empty then", versioned.pop() == NOTHING);

        board.title("The reason");
        board.say(
                "Compare-and-set compares names, not histories. With new nodes and a garbage"
                        + " collector a name cannot come back while anyone holds it: in Java,"
                        + " Treiber's stack of fresh nodes has no such failure. Nodes of a pool,"
                        + " indices, and memory that is not collected have it: they take a version"
                        + " beside the name (wide enough that it does not come round while a thread"
                        + " sleeps), or hazard pointers, which keep a node from being used again"
                        + " while somebody looks at it. Magpie's stack of idle workers is one of"
                        + " indices, with a version of 32 bits.");
    }

    private static boolean popAcrossAReturn(Board board, IndexStack stack)
            throws InterruptedException {
        stack.push(B);
        stack.push(A);
        Script script = new Script("left", "right");
        boolean[] succeeded = new boolean[1];
        new Actors()
                .add(
                        "left",
                        () -> {
                            int[] under = new int[1];
                            long seen =
                                    script.step(
                                            0,
                                            top -> "pop reads top A, below B",
                                            () -> {
                                                under[0] = stack.below[A];
                                                return stack.top.get();
                                            });
                            long unused =
                                    script.step(
                                            4,
                                            won -> won == 1 ? "sets top to B: done" : "is refused",
                                            () -> {
                                                succeeded[0] = stack.finishPop(seen, under[0]);
                                                return succeeded[0] ? 1 : 0;
                                            });
                        })
                .add(
                        "right",
                        () -> {
                            script.step(1, "pops A", stack::pop);
                            script.step(2, "pops B, and keeps it", stack::pop);
                            script.step(3, "pushes A again", () -> stack.push(A));
                        })
                .perform();
        board.picture(script.picture());
        return succeeded[0];
    }
}
