package dev.magpie.sorting;

/** Where a record lies in its run, and how its key starts, for comparisons without a look at it. */
final class RecordRef {

    long prefix;
    int from;
    int to;
}
