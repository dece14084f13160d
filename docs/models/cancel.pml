/*
 * Cancelling a tree (E9): CancelToken.cancel against Worker.publish, TokenStack.enter and the slow path of a fork or join.
 * A worker that runs a part of the tree, and a thread that cancels it.
 *
 * The worker enters a run, looks whether it is cancelled, publishes up to PUBLICATIONS times, and then only forks and
 * joins: it goes on until it finds demand, and looks at the flag then. Checked: it does not go on for ever. And with
 * -DRUNS, which leaves demand out: it sees the flag when it enters, or the canceller finds its run.
 *
 * Demand starts raised, and may be raised by thieves at any time; that is left out, since it can only help.
 */
#ifndef PUBLICATIONS
#define PUBLICATIONS 2
#endif

#define THREADS 2
#define DEPTH 4

#define FLAG 1
#define CANCELLATIONS 2
#define PUSH_BOUND 3
#define POP_BOUND 4
#define NEWEST 5
#define SPLIT 6
#define VARIABLES 6

#include "buffers.pml"

/* In place of a bound; demand is raised at the start. */
#define DEMAND 0
#define FAR 1

bool isStopped, isFound;

/* DequeOwner.raiseDemand */
inline raiseDemand() {
    if
    :: SEEN(PUSH_BOUND) != DEMAND -> store(PUSH_BOUND, DEMAND, PLAIN)
    :: else
    fi;
    if
    :: SEEN(POP_BOUND) != DEMAND -> store(POP_BOUND, DEMAND, PLAIN)
    :: else
    fi
}

/* CancelToken.isCancelled and isCancelledAt */
inline lookAtToken() {
#ifdef COUNT_READ_LATE
    loadVolatile(flag, FLAG);
    loadVolatile(now, CANCELLATIONS);
    isCancelled = clearAt != now && flag == 1;
#else
    loadVolatile(now, CANCELLATIONS); /* E9 */
    loadVolatile(flag, FLAG);
    isCancelled = clearAt != now && flag == 1;
#endif
    atomic { clearAt = (isCancelled -> clearAt : now); now = 0; flag = 0 }
}

/* Worker.publish, with WorkStealingDeque.publish */
inline publish() {
#ifdef LOOKS_BEFORE_IT_LOWERS
    lookAtToken();
    if
    :: isCancelled -> raiseDemand()
    :: else
    fi;
#endif
    store(POP_BOUND, FAR, PLAIN);
    store(PUSH_BOUND, FAR, PLAIN);
    store(SPLIT, published, RELEASE); /* E1 */
#ifndef E9_WORKER
    fence(); /* W2, and E9 */
#endif
#if !defined(RAISED_NO_MORE) && !defined(LOOKS_BEFORE_IT_LOWERS)
    lookAtToken();
    if
    :: isCancelled -> raiseDemand()
    :: else
    fi;
#endif
    isCancelled = false
}

/* Process 1: one that runs a part of the tree */
active proctype worker() {
    byte published, now, flag, clearAt;
    bool isCancelled;

    /* TokenStack.enter */
    store(NEWEST, 1, RELEASE); /* E9 */
#ifndef E9_ENTRY
    fence(); /* E9 */
#endif
    lookAtToken();
#ifdef RUNS
    isStopped = isCancelled
#else
    do
    :: isCancelled -> isStopped = true; break
    :: !isCancelled && published < PUBLICATIONS -> published++; publish()
    :: !isCancelled && (SEEN(PUSH_BOUND) == DEMAND || SEEN(POP_BOUND) == DEMAND) -> /* the slow path */
        lookAtToken()
    od
#endif
}

/* Process 2: CancelToken.cancel; E9 is the fence, which the increment is as well */
active proctype canceller() {
    byte newest;

#ifdef COUNTS_BEFORE_THE_FLAG
    d_step { IS_EMPTY -> memory[CANCELLATIONS] = 1 }
    store(FLAG, 1, VOLATILE);
    fence();
#elif defined(E9_CANCELLER)
    store(FLAG, 1, RELEASE);
    store(CANCELLATIONS, 1, RELEASE);
#else
    store(FLAG, 1, VOLATILE);
    d_step { IS_EMPTY -> memory[CANCELLATIONS] = 1 }
    fence(); /* E9 */
#endif
    raiseDemand();
    loadVolatile(newest, NEWEST);
    isFound = newest == 1
}

#ifdef RUNS
/* The last process: looks when the others are done. */
active proctype judge() {
    timeout;
    assert(isStopped || isFound)
}
#endif
