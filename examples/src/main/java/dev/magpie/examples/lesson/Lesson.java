package dev.magpie.examples.lesson;

import java.util.List;

/** One lesson: a failure, its repair, and the reason. */
interface Lesson {

    /** What to type for it: a word or two, joined by a hyphen. */
    String name();

    /** What it is about, in a line. */
    String summary();

    /**
     * Runs it.
     *
     * @param board shows what happens and takes down what did not happen as it should
     * @throws InterruptedException if the reader has seen enough
     */
    void teach(Board board) throws InterruptedException;

    /** All lessons, the easier ones first. */
    static List<Lesson> all() {
        return List.of(
                new RaceLesson(),
                new OrderingLesson(),
                new WakeUpLesson(),
                new AbaLesson(),
                new DeadlockLesson(),
                new ProgressLesson(),
                new FalseSharingLesson(),
                new AmdahlLesson());
    }
}
