package dev.magpie.benchmarks.structures;

/** What elements go through, from any number of senders to any number of receivers. */
interface Pipe {

    /** Sends an element, and waits for room. */
    void send(Long element) throws InterruptedException;

    /** Receives an element, and waits for it. */
    Long receive() throws InterruptedException;
}
