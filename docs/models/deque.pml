/*
 * The work-stealing deque: WorkStealingDeque and DequeOwner (scheduler/deque), one owner and its thieves.
 *
 * The owner pushes up to ELEMENTS elements, and pops, publishes (half) and publishes all in any order, until it likes to
 * stop. The thieves steal as often as they like. Checked: each element is taken once; a thief finds the element whole (E1); a fast pop takes private elements only
 * (I6); and, when everybody stands still, that what was not taken lies between top and bottom, and that demand is raised
 * if nothing is public (I5).
 *
 * Index i lies in slot i: the one buffer is never left. E5 is not modelled.
 */
#ifndef ELEMENTS
#define ELEMENTS 3
#endif

#ifndef THIEVES
#define THIEVES 2
#endif

#define THREADS (1 + THIEVES)
#define DEPTH 4

#define TOP 1
#define SPLIT 2
#define PUSH_BOUND 3
#define POP_BOUND 4
#define SLOT(i) (5 + (i))
#define PAYLOAD(element) (4 + ELEMENTS + (element))
#define VARIABLES (4 + 2 * ELEMENTS)

#include "buffers.pml"

/* Both bounds start raised: they are kept as one more than they are, and DEMAND is 0. */
#define DEMAND 0
#define BOUND(cursor) ((cursor) + 1)
#define FAR BOUND(99)

/* What reclaim came to. */
#define NOTHING 0
#define LAST 1
#define BATCH 2

/* The owner's fields, and what it has pushed. */
byte cursor, ownSplit, pushed;
bool isDone;

/* How often an element was taken; element 0 is null. */
byte taken[ELEMENTS + 1];

inline take(element) {
    taken[element]++;
    assert(element != 0 && taken[element] == 1)
}

/* DequeOwner.raiseDemand */
inline raiseDemand() {
    if
    :: SEEN(PUSH_BOUND) != DEMAND -> store(PUSH_BOUND, DEMAND, PLAIN) /* E4 */
    :: else
    fi;
    if
    :: SEEN(POP_BOUND) != DEMAND -> store(POP_BOUND, DEMAND, PLAIN) /* E4 */
    :: else
    fi
}

/* DequeOwner.movePopBound */
inline movePopBound(cursorBound) {
    bound = SEEN(POP_BOUND);
    if
    :: bound != DEMAND -> compareAndSet(won, POP_BOUND, bound, BOUND(cursorBound))
    :: else
    fi;
    d_step { bound = 0; won = false }
}

/* WorkStealingDeque.push, after tryPush, whose bound decides about the time of a publication only */
inline push() {
    pushed++;
    store(PAYLOAD(pushed), 1, PLAIN);
    store(SLOT(cursor), pushed, PLAIN); /* E1 */
    cursor++
}

#ifdef E1_HALF
#define E1_OF_HALF PLAIN
#else
#define E1_OF_HALF RELEASE
#endif
#ifdef E1_ALL
#define E1_OF_ALL PLAIN
#else
#define E1_OF_ALL RELEASE
#endif

/* WorkStealingDeque.publish, after the eager phase */
inline publish() {
    end = ownSplit + ((cursor - ownSplit + 1) >> 1);
#ifndef LOWERED_LATE
    store(POP_BOUND, BOUND(end), PLAIN);
    store(PUSH_BOUND, FAR, PLAIN);
#endif
    store(SPLIT, end, E1_OF_HALF);
#ifdef LOWERED_LATE
    store(POP_BOUND, BOUND(end), PLAIN);
    store(PUSH_BOUND, FAR, PLAIN);
#endif
    d_step { ownSplit = end; end = 0 }
}

/* WorkStealingDeque.publishAll */
inline publishAll() {
#ifndef I6_UNMOVED
    movePopBound(cursor); /* before ownSplit: I6 */
#endif
    store(SPLIT, cursor, E1_OF_ALL);
    ownSplit = cursor
}

/* WorkStealingDeque.clearOwn */
inline clearOwn(slot) {
    d_step {
        element = SEEN(SLOT(slot));
        take(element);
        element = 0
    }
    store(SLOT(slot), 0, PLAIN)
}

/* DequeOwner.tryPopIf, and else WorkStealingDeque.pop */
inline pop() {
    if
    :: SEEN(POP_BOUND) != DEMAND && BOUND(cursor - 1) >= SEEN(POP_BOUND) -> /* E4: the fast path */
        assert(cursor > ownSplit);
        cursor--;
        clearOwn(cursor)
    :: else ->
        do
        :: cursor > ownSplit -> cursor--; clearOwn(cursor); break
        :: else ->
            reclaim();
            if
            :: outcome == BATCH
            :: outcome == LAST -> clearOwn(cursor - 1); break
            :: outcome == NOTHING -> break
            fi
        od;
        outcome = NOTHING
    fi
}

#ifdef I3_AT_MOST
#define IS_CLEAR (first <= lowered)
#else
#define IS_CLEAR (first < lowered)
#endif

/* WorkStealingDeque.reclaim */
inline reclaim() {
    d_step { end = ownSplit; first = SEEN(TOP) }
    if
    :: first >= end -> outcome = NOTHING
    :: else ->
        lowered = first + ((end - first) >> 1);
        do
        :: true ->
#ifdef E2_RELEASE
            store(SPLIT, lowered, RELEASE);
            first = SEEN(TOP);
#else
            store(SPLIT, lowered, VOLATILE); /* E2 */
            loadVolatile(first, TOP);
#endif
            if
            :: IS_CLEAR -> ownSplit = lowered; movePopBound(ownSplit); outcome = BATCH; break
            :: !IS_CLEAR && end <= first + 1 -> reclaimLast(); break
            :: else -> lowered = first + ((end - first + 1) >> 1)
            fi
        od
    fi;
    atomic { first = 0; end = 0; lowered = 0 }
}

/* WorkStealingDeque.reclaimLast */
inline reclaimLast() {
    if
    :: first < end ->
#ifdef E3_STORE
        store(TOP, first + 1, VOLATILE); won = true
#else
        compareAndSet(won, TOP, first, first + 1) /* E3 */
#endif
    :: else -> won = false
    fi;
    store(SPLIT, end, RELEASE);
#ifndef I5_OWNER
    raiseDemand(); /* I5 */
#endif
    d_step { outcome = (won -> LAST : NOTHING); won = false }
}

/* Process 1. */
active proctype owner() {
    byte element, first, end, lowered, bound, outcome;
    bool won;

    do
    :: pushed < ELEMENTS -> push()
    :: pop()
    :: cursor != ownSplit -> publish()
    :: cursor != ownSplit -> publishAll()
    :: atomic { true -> isDone = true; break }
    od
}

/* WorkStealingDeque.steal; the steps that others cannot tell apart are one. */
inline steal() {
#ifdef E2_THIEF
    loadVolatile(end, SPLIT);
    atomic {
        loadVolatile(first, TOP);
#else
    loadVolatile(first, TOP); /* E2, E3 */
    atomic {
        loadVolatile(end, SPLIT); /* E2, E1 */
#endif
        isEmpty = first >= end;
        end = 0
    }
    if
    :: atomic { isEmpty -> isEmpty = false; first = 0 }
    :: else ->
        element = SEEN(SLOT(first));
        if
        :: d_step { IS_EMPTY && memory[TOP] == first -> memory[TOP] = first + 1; take(element) }
            /* what happened before the push: E1 */
            assert(SEEN(PAYLOAD(element)) == 1);
            store(SLOT(first), 0, PLAIN); /* forget */
#ifndef I5_THIEF
            loadVolatile(end, SPLIT);
            if
            :: first + 1 >= end -> raiseDemand() /* I5 */
            :: else
            fi;
#endif
            atomic { first = 0; end = 0; element = 0 }
        :: d_step { IS_SETTLED && memory[TOP] != first -> first = 0; element = 0 }
        fi
    fi
}

/* Processes 2 and, if there are two, 3. */
active [THIEVES] proctype thief() {
    byte first, end, element;
    bool isEmpty;

    do
    :: steal()
    :: isDone -> break
    od
}

/* The last process: looks when all others are done and the buffers are empty. */
active proctype judge() {
    byte i, left;

    timeout;
    d_step {
        /* what was not taken lies between top and bottom, each in its slot */
        i = memory[TOP];
        do
        :: i < cursor ->
            assert(memory[SLOT(i)] != 0 && taken[memory[SLOT(i)]] == 0);
            left++;
            i++
        :: else -> break
        od;
        i = 1;
        do
        :: i <= pushed -> left = left + taken[i]; i++
        :: else -> break
        od;
        assert(left == pushed);
        assert(memory[SPLIT] == ownSplit);
        /* I5: it starts raised, and is lowered in publish alone */
        assert(memory[TOP] < memory[SPLIT] || memory[PUSH_BOUND] == DEMAND || memory[POP_BOUND] == DEMAND)
    }
}
