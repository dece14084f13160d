/*
 * Sleeping and waking: W1 to W4 of scheduler/idle, in IdleWorkers, Pool and Worker; with -DSHUTDOWN also the end of a pool
 * and W6. WORKERS workers, two or one, and a thread that submits TASKS tasks; another one that closes the pool. Tasks make up
 * to FORKS publications.
 *
 * With -DPERMITS=n there are n permits to run (CpuPermits, Worker.block): tasks may block as well, and come back or not.
 *
 * Checked, when nobody can go on: nothing is in the queue or in a public part while a worker sleeps (and a permit is free). For that a task may
 * go on for ever, so that nobody can count on its worker. With -DSHUTDOWN tasks end: each is run or rejected, and the
 * workers are gone.
 *
 * The queue stands for SubmissionQueue as it is documented, and no stronger: what was added may become visible as late as
 * the fence (JCTools adds by a compare-and-set). The idle word holds the stack itself, so that there is no ABA and no
 * version: IdleModelTest has those. An unpark is sticky; it is seen no later than the stores before it.
 */
#ifndef TASKS
#define TASKS 2
#endif
#ifndef FORKS
#define FORKS 0
#endif
#ifndef WORKERS
#define WORKERS 2
#endif

#ifdef SHUTDOWN
#define THREADS (WORKERS + 2)
#else
#define THREADS (WORKERS + 1)
#endif
#ifndef DEPTH
#define DEPTH 3
#endif

#define ADDED 1
#define TAKEN 2
#define CONSUMING 3
#define WORD 4
#define STATE(worker) (5 + (worker))
#define TOP(worker) (7 + (worker))
#define SPLIT(worker) (9 + (worker))
#define PHASE 11
#define IDLE 12
#ifdef PERMITS
#define HELD 13
#define HOLDS(worker) (14 + (worker))
#define MONITOR 16
#define VARIABLES 16
#else
#define VARIABLES 12
#endif

#include "buffers.pml"

#define ME (_pid - 1)
#define OTHER (1 - ME)

/* IdleWorkers: what states hold. */
#define UNLISTED 0
#define PARKED 1
#define LEFT 2

/* IdleWord: the stack, and four bits for the searchers. 0: nobody; 1 + w: w alone; 3 + w: w above the other one. */
#define ONE_SEARCHING 1
#define SEARCHING(word) ((word) & 15)
#define STACK(word) ((word) >> 4)
#define STACK_TOP(stack) ((stack) > 2 -> (stack) - 3 : (stack) - 1)
#define STACK_BELOW(stack) ((stack) > 2 -> 5 - (stack) : 0)
#define STACK_WITH(stack, worker) ((stack) == 0 -> 1 + (worker) : 3 + (worker))
#define ONE_STACK 16

/* Pool.phase */
#define RUNNING 0
#define CLOSING 1
#define OVER 2

bool token[2];
bool sleeps[2], isGone[2];
byte forked, ran, rejected;
byte staying = WORKERS;

/* IdleWorkers.startSearch */
inline startSearch() {
    d_step { IS_EMPTY -> memory[WORD] = memory[WORD] + ONE_SEARCHING }
}

/* IdleWorkers.endSearch */
inline endSearch() {
    d_step {
        IS_EMPTY ->
        isLast = SEARCHING(memory[WORD]) == 1;
        memory[WORD] = memory[WORD] - ONE_SEARCHING
    }
}

/* Pool.wakeOne, without spares */
inline wakeOne() {
#ifdef PERMITS
    loadVolatile(state, HELD);
    if
    :: atomic { state >= PERMITS -> state = 0 }
    :: atomic { state < PERMITS -> state = 0 }
        wakeOneParked()
    fi
#else
    wakeOneParked()
#endif
}

/* IdleWorkers.needsWaker and wakeOne */
inline wakeOneParked() {
    do
    :: atomic {
            loadVolatile(seen, WORD);
            if
            :: STACK(seen) == 0 || SEARCHING(seen) > 0 -> seen = 0; break
            :: else
            fi
        }
        if
        :: d_step {
                IS_EMPTY && memory[WORD] == seen ->
                chosen = STACK_TOP(STACK(seen));
                memory[WORD] = STACK_BELOW(STACK(seen)) * ONE_STACK + SEARCHING(seen) + ONE_SEARCHING;
                seen = 0
            }
            d_step {
                IS_EMPTY ->
                state = memory[STATE(chosen)];
                memory[STATE(chosen)] = UNLISTED
            }
            if
            :: atomic { state == PARKED && IS_EMPTY -> token[chosen] = true; state = 0; chosen = 0; break }
            :: atomic { state != PARKED -> state = 0; chosen = 0 }
                d_step { IS_EMPTY -> memory[WORD] = memory[WORD] - ONE_SEARCHING }
            fi
        :: atomic { IS_SETTLED && memory[WORD] != seen -> seen = 0 }
        fi
    od
}

#ifdef PERMITS
bool waits[2];

/* A monitor is taken by one step that lets older stores pass, and left by a release. */
inline enterMonitor() {
    d_step { memory[MONITOR] == 0 -> memory[MONITOR] = 1 }
}

inline exitMonitor() {
    store(MONITOR, 0, RELEASE)
}

#ifdef PERMIT_RELEASE
#define PERMIT_MODE RELEASE
#else
#define PERMIT_MODE VOLATILE
#endif

/* CpuPermits.giveUp and grant; free is kept as the number that are held */
inline giveUpPermit() {
    enterMonitor();
    store(HOLDS(ME), 0, PERMIT_MODE);
    if
    :: waits[OTHER] -> waits[OTHER] = false; store(HOLDS(OTHER), 1, PERMIT_MODE)
    :: else -> first = SEEN(HELD) - 1; store(HELD, first, PERMIT_MODE); first = 0
    fi;
    exitMonitor()
}

/* CpuPermits.take: a waiting worker looks every millisecond */
inline takePermit() {
    enterMonitor();
    if
    :: SEEN(HELD) < PERMITS -> first = SEEN(HELD) + 1; store(HELD, first, VOLATILE); first = 0; store(HOLDS(ME), 1, VOLATILE)
    :: else -> waits[ME] = true
    fi;
    exitMonitor();
endWaiting:
    IS_SETTLED && SEEN(HOLDS(ME)) == 1
}

/* Worker.block: a callable that returns, or one that does not */
inline block() {
#ifdef BLOCK_ORDER
    wakeForWorkInSight();
#endif
    giveUpPermit();
#ifndef BLOCK_FENCE
    fence(); /* W4 */
#endif
#if !defined(BLOCK_LOOK) && !defined(BLOCK_ORDER)
    wakeForWorkInSight();
#endif
    if
    :: true
    :: true ->
endBlocked:
        false
    fi;
    takePermit()
}
#endif

/* SubmissionQueue.isEmpty, Pool.workInSight */
inline lookForWork() {
    loadVolatile(first, TAKEN);
    atomic { loadVolatile(end, ADDED); isInSight = first < end; first = 0; end = 0 }
    if
    :: !isInSight -> lookAtPublic(0)
    :: else
    fi
#if WORKERS > 1
    if
    :: !isInSight -> lookAtPublic(1)
    :: else
    fi
#endif
}

inline lookAtPublic(worker) {
    loadVolatile(first, TOP(worker));
    atomic { loadVolatile(end, SPLIT(worker)); isInSight = first < end; first = 0; end = 0 }
}

/* Pool.wakeForWorkInSight */
inline wakeForWorkInSight() {
    lookForWork();
    if
    :: atomic { isInSight -> isInSight = false } wakeOne()
    :: else
    fi
}

/* WorkStealingDeque.steal */
inline steal(victim) {
    loadVolatile(first, TOP(victim));
    loadVolatile(end, SPLIT(victim));
    if
    :: first < end -> compareAndSet(isFound, TOP(victim), first, first + 1)
    :: else
    fi;
    atomic { first = 0; end = 0 }
}

/* Worker.lookAround; of the submissions it takes two at most */
inline lookAround() {
    loadVolatile(first, TAKEN);
    loadVolatile(end, ADDED);
    if
    :: first < end && SEEN(CONSUMING) == 0 -> compareAndSet(isConsumer, CONSUMING, 0, 1)
    :: else
    fi;
    atomic { first = 0; end = 0 }
    if
    :: isConsumer ->
        takeNext();
        isFound = isNext;
        if
        :: isNext ->
            takeNext();
            if
            :: isNext -> end = SEEN(SPLIT(ME)) + 1; store(SPLIT(ME), end, RELEASE); end = 0
            :: else
            fi
        :: else
        fi;
        store(CONSUMING, 0, RELEASE);
        isConsumer = false;
        if
        :: atomic { isNext -> isNext = false }
#ifndef W2_FENCE
            fence(); /* W2 */
#endif
            wakeOne()
        :: else
        fi
    :: else
    fi;
#if WORKERS > 1
    if
    :: !isFound -> steal(OTHER)
    :: else
    fi
#endif
}

/* Worker.publish */
inline publish() {
    end = SEEN(SPLIT(ME)) + 1;
    store(SPLIT(ME), end, RELEASE);
    end = 0;
#ifndef W2_FENCE
    fence(); /* W2 */
#endif
    wakeOne()
}

/* SubmissionQueue.next */
inline takeNext() {
    atomic { loadVolatile(end, ADDED); first = SEEN(TAKEN); isNext = first < end; end = 0 }
    if
    :: isNext -> store(TAKEN, first + 1, RELEASE)
    :: else
    fi;
    first = 0
}

/* Worker.runTopLevel: a task that ends, or one that does not */
inline runTask() {
    ran++;
    isFound = false;
#if FORKS > 0
    if
    :: atomic { forked < FORKS -> forked++ }
        publish()
    :: true
    fi;
#endif
#ifndef SHUTDOWN
    if
    :: true
#ifdef PERMITS
    :: block()
#endif
    :: true ->
endBusy:
        false
    fi
#endif
}

/* Worker.endSearch: W3 */
inline endWorkersSearch() {
    endSearch();
    if
    :: atomic { isLast -> isLast = false }
#ifndef W3_LOOK
        wakeForWorkInSight()
#endif
    :: else
    fi
}

/* IdleWorkers.announce */
inline announce() {
    compareAndSet(isListed, STATE(ME), LEFT, PARKED);
    if
    :: !isListed ->
        store(STATE(ME), PARKED, VOLATILE);
        d_step {
            IS_EMPTY ->
            memory[WORD] = STACK_WITH(STACK(memory[WORD]), ME) * ONE_STACK + SEARCHING(memory[WORD])
        }
    :: else
    fi;
    isListed = false
}

/* Worker.announce: W4 */
inline announceAndLook() {
#ifdef W4_ORDER
    wakeForWorkInSight();
#endif
    announce();
#if defined(PERMITS) && !defined(GIVEN_UP_LATE)
    giveUpPermit();
#endif
#ifdef W4_COUNT
    wakeForWorkInSight();
#endif
    endSearch();
    isLast = false;
    fence(); /* W4 */
#if !defined(W4_LOOK) && !defined(W4_ORDER) && !defined(W4_COUNT)
    wakeForWorkInSight();
#endif
#if defined(PERMITS) && defined(GIVEN_UP_LATE)
    giveUpPermit();
#endif
    skip
}

/* Worker.sleep and Pool.tryLeave; the monitors are steps */
inline sleep() {
    announceAndLook();
#ifdef SHUTDOWN
    becomeIdle();
#endif
    do
    :: atomic {
            loadVolatile(state, STATE(ME));
            if
            :: state == UNLISTED -> break
            :: else -> state = 0
            fi
        }
#ifdef SHUTDOWN
        if
        :: IS_SETTLED && SEEN(PHASE) == OVER ->
            compareAndSet(isListed, STATE(ME), PARKED, LEFT);
            if
            :: isListed ->
                isListed = false;
                startSearch();
                becomeBusy();
                d_step {
                    IS_EMPTY ->
#ifndef W6_LOOK
                    isInSight = memory[TAKEN] < memory[ADDED];
#endif
                    staying = (isInSight -> staying : staying - 1);
                    isGone[ME] = !isInSight;
                    isInSight = false
                }
                goto left
            :: else
            fi
        :: IS_SETTLED && SEEN(PHASE) != OVER
        fi;
#endif
        sleeps[ME] = true;
endAsleep:
        d_step { token[ME] -> token[ME] = false; sleeps[ME] = false }
    od;
#ifdef SHUTDOWN
    becomeBusy();
left:
#endif
#ifdef PERMITS
    takePermit();
#endif
    skip
}

/* Pool.becameBusy; busy is kept as the number of those who are not */
inline becomeBusy() {
    d_step { IS_EMPTY -> memory[IDLE] = memory[IDLE] - 1 }
}

/* Pool.becameIdle */
inline becomeIdle() {
    d_step { IS_EMPTY -> memory[IDLE] = memory[IDLE] + 1; isLast = memory[IDLE] == WORKERS }
    if
    :: isLast -> endIfQuiescent()
    :: else
    fi;
    isLast = false
}

/* Pool.endIfQuiescent */
inline endIfQuiescent() {
    if
    :: IS_SETTLED && SEEN(PHASE) == CLOSING ->
        lookForWork();
        if
        :: !isInSight && IS_SETTLED && SEEN(IDLE) == WORKERS ->
            lookForWork();
            if
            :: !isInSight ->
                store(PHASE, OVER, VOLATILE);
#ifndef OVER_UNSAID
                atomic { IS_EMPTY -> token[0] = true; token[1] = true }
#endif
            :: else
            fi
        :: isInSight || IS_SETTLED && SEEN(IDLE) != WORKERS
        fi;
        isInSight = false
    :: IS_SETTLED && SEEN(PHASE) != CLOSING
    fi
}

/* Worker.nextTask: ownNext, then lookAround */
inline nextTask() {
    steal(ME);
    if
    :: !isFound -> lookAround()
    :: else
    fi
}

/* Process 1, and 2 if there are two: Worker.runLoop */
active [WORKERS] proctype worker() {
    byte first, end, seen, chosen, state;
    bool isFound, isNext, isConsumer, isLast, isListed, isInSight;

#ifdef PERMITS
    takePermit();
#endif
    startSearch();
    do
    :: isGone[ME] -> break
    :: else ->
        /* Worker.search and workUntilIdle: looks as often as it likes */
        do
        :: isFound ->
            endWorkersSearch();
            do
            :: isFound -> runTask(); nextTask()
            :: else -> break
            od;
            startSearch();
            lookAround()
        :: !isFound -> lookAround()
        :: !isFound -> break
        od;
        sleep()
    od
}

inline wakeIfAlone() {
    if
    :: end >= first -> atomic { first = 0; end = 0 } wakeOne()
    :: else -> atomic { first = 0; end = 0 }
    fi
}

/* Pool.submittedLate; the monitor is a step */
inline submittedLate() {
    d_step {
        IS_EMPTY ->
        first = 0;
        end = 0;
        if
        :: staying == 0 ->
            rejected = rejected + memory[ADDED] - memory[TAKEN];
            memory[TAKEN] = memory[ADDED]
        :: else
        fi
    }
}

/* Pool.submit */
active proctype submitter() {
    byte first, end, seen, chosen, state;
    bool isInSight;

    do
    :: SEEN(ADDED) < TASKS ->
#ifdef SHUTDOWN
        if
        :: IS_SETTLED && SEEN(PHASE) != RUNNING -> rejected = rejected + TASKS - SEEN(ADDED); break
        :: IS_SETTLED && SEEN(PHASE) == RUNNING
        fi;
#endif
        /* SubmissionQueue.add: W1 */
        first = SEEN(ADDED);
#ifdef W1_EARLY
        loadVolatile(end, TAKEN);
#endif
        store(ADDED, first + 1, RELEASE);
#ifndef W1_FENCE
        fence();
#endif
#ifndef W1_EARLY
        loadVolatile(end, TAKEN);
#endif
#if defined(SHUTDOWN) && !defined(LATE_LOOK)
        if
        :: IS_SETTLED && SEEN(PHASE) == OVER -> submittedLate()
        :: IS_SETTLED && SEEN(PHASE) != OVER -> wakeIfAlone()
        fi
#else
        wakeIfAlone()
#endif
    :: else -> break
    od
}

#ifdef SHUTDOWN
/* Pool.close */
active proctype closer() {
    byte first, end;
    bool isInSight;

#ifdef CLOSE_RELEASE
    store(PHASE, CLOSING, RELEASE);
#else
    store(PHASE, CLOSING, VOLATILE);
#endif
    endIfQuiescent()
}
#endif

/* The last process: looks when nobody can go on. */
active proctype judge() {
    timeout;
#ifdef SHUTDOWN
    assert(isGone[0] && isGone[WORKERS - 1]);
    assert(ran + rejected == TASKS + forked)
#else
#ifdef PERMITS
    assert(!(waits[0] || waits[1]) || memory[HELD] == PERMITS);
    assert(memory[HELD] == memory[HOLDS(0)] + memory[HOLDS(1)]);
#define NO_PERMIT memory[HELD] == PERMITS
#else
#define NO_PERMIT false
#endif
    assert(!sleeps[0] && !sleeps[1] || NO_PERMIT
        || memory[TAKEN] == memory[ADDED] && memory[TOP(0)] == memory[SPLIT(0)] && memory[TOP(1)] == memory[SPLIT(1)])
#endif
}
