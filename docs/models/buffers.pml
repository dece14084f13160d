/*
 * Store buffers, written out. A thread's stores wait in its buffer until they reach the memory; its loads look into its
 * own buffer first. Loads and stores are otherwise made in the order of the program.
 *
 *   TSO  the oldest store of a buffer is the only one that may leave it (x86)
 *   PSO  any store may leave that does not overtake one to the same variable; a release store, nothing older
 *
 * plain, opaque store      store(v, x, PLAIN)
 * release store            store(v, x, RELEASE)
 * volatile store           store(v, x, VOLATILE): a release store that the thread's volatile loads wait for
 * plain to acquire load    SEEN(v): an expression
 * volatile load            loadVolatile(target, v)
 * full fence               fence(): waits until the buffer is empty
 * atomic read-modify-write a step of its own, under IS_EMPTY
 *
 * A model defines THREADS, VARIABLES and DEPTH (2 to 4), then includes this file, so that its threads are the processes 1
 * to THREADS. A buffer that is full holds the next store up.
 */
#if !defined(TSO) && !defined(PSO)
#error "a memory model is needed: -DTSO or -DPSO"
#endif

#define PLAIN 0
#define RELEASE 1
#define VOLATILE 2

/* Variables are numbered from 1: the name 0 marks an empty entry. */
typedef StoreBuffer {
    byte name[DEPTH];
    byte value[DEPTH];
    byte mode[DEPTH];
    byte size
}

StoreBuffer buffer[THREADS];
byte memory[VARIABLES + 1];

#define MINE buffer[_pid - 1]

#define ENTRY_OR(i, v, older) (MINE.name[i] == (v) -> MINE.value[i] : older)
#define SEEN1(v) ENTRY_OR(0, v, memory[v])
#define SEEN2(v) ENTRY_OR(1, v, SEEN1(v))
#define SEEN3(v) ENTRY_OR(2, v, SEEN2(v))
#define SEEN4(v) ENTRY_OR(3, v, SEEN3(v))

#define MAY_LEAVE1(t) (buffer[t].mode[1] == PLAIN && buffer[t].name[1] != buffer[t].name[0])
#define MAY_LEAVE2(t) (buffer[t].mode[2] == PLAIN && buffer[t].name[2] != buffer[t].name[0] \
        && buffer[t].name[2] != buffer[t].name[1])
#define MAY_LEAVE3(t) (buffer[t].mode[3] == PLAIN && buffer[t].name[3] != buffer[t].name[0] \
        && buffer[t].name[3] != buffer[t].name[1] && buffer[t].name[3] != buffer[t].name[2])

#define NOT_VOLATILE(i) (MINE.mode[i] != VOLATILE)

#if DEPTH == 2
#define SEEN(v) SEEN2(v)
#define IS_SETTLED (NOT_VOLATILE(0) && NOT_VOLATILE(1))
#elif DEPTH == 3
#define SEEN(v) SEEN3(v)
#define IS_SETTLED (NOT_VOLATILE(0) && NOT_VOLATILE(1) && NOT_VOLATILE(2))
#else
#define SEEN(v) SEEN4(v)
#define IS_SETTLED (NOT_VOLATILE(0) && NOT_VOLATILE(1) && NOT_VOLATILE(2) && NOT_VOLATILE(3))
#endif

#define IS_EMPTY (MINE.size == 0)

inline store(v, x, how) {
    d_step {
        MINE.size < DEPTH ->
        MINE.name[MINE.size] = v;
        MINE.value[MINE.size] = x;
        MINE.mode[MINE.size] = how;
        MINE.size++
    }
}

inline loadVolatile(target, v) {
    d_step { IS_SETTLED -> target = SEEN(v) }
}

inline fence() {
    IS_EMPTY
}

/* A compare-and-set that succeeds empties the buffer; one that fails is a volatile load. */
inline compareAndSet(success, v, expected, replacement) {
    if
    :: d_step { IS_EMPTY && memory[v] == (expected) -> memory[v] = replacement; success = true }
    :: d_step { IS_SETTLED && SEEN(v) != (expected) -> success = false }
    fi
}

inline leave(t, i) {
    memory[buffer[t].name[i]] = buffer[t].value[i];
    place = i;
    do
    :: place < DEPTH - 1 ->
        buffer[t].name[place] = buffer[t].name[place + 1];
        buffer[t].value[place] = buffer[t].value[place + 1];
        buffer[t].mode[place] = buffer[t].mode[place + 1];
        place++
    :: else -> break
    od;
    buffer[t].name[DEPTH - 1] = 0;
    buffer[t].value[DEPTH - 1] = 0;
    buffer[t].mode[DEPTH - 1] = PLAIN;
    buffer[t].size--;
    place = 0
}

/* Process 0: what the hardware does whenever it likes. */
active proctype hardware() {
    byte place;

end:
    do
#define OLDEST_OF(t) :: d_step { buffer[t].size > 0 -> leave(t, 0) }
    OLDEST_OF(0)
    OLDEST_OF(1)
#if THREADS > 2
    OLDEST_OF(2)
#endif
#if THREADS > 3
    OLDEST_OF(3)
#endif
#ifdef PSO
#define YOUNGER_OF(t, i) :: d_step { buffer[t].size > i && MAY_LEAVE##i(t) -> leave(t, i) }
    YOUNGER_OF(0, 1)
    YOUNGER_OF(1, 1)
#if THREADS > 2
    YOUNGER_OF(2, 1)
#endif
#if THREADS > 3
    YOUNGER_OF(3, 1)
#endif
#if DEPTH > 2
    YOUNGER_OF(0, 2)
    YOUNGER_OF(1, 2)
#if THREADS > 2
    YOUNGER_OF(2, 2)
#endif
#if THREADS > 3
    YOUNGER_OF(3, 2)
#endif
#endif
#if DEPTH > 3
    YOUNGER_OF(0, 3)
    YOUNGER_OF(1, 3)
#if THREADS > 2
    YOUNGER_OF(2, 3)
#endif
#if THREADS > 3
    YOUNGER_OF(3, 3)
#endif
#endif
#endif
    od
}
