package dev.magpie.benchmarks.chaselev;

/** The thieves' end of a {@link ChaseLevDeque}, on cache lines of its own. */
abstract class DequeTop {

    long top;
}

/** 128 bytes: a cache line and the one that the prefetcher brings along. */
abstract class DequeGap extends DequeTop {

    long gap0;
    long gap1;
    long gap2;
    long gap3;
    long gap4;
    long gap5;
    long gap6;
    long gap7;
    long gap8;
    long gap9;
    long gap10;
    long gap11;
    long gap12;
    long gap13;
    long gap14;
    long gap15;
}
