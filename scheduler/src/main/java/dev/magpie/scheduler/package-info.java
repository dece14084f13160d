/**
 * A work-stealing fork-join scheduler whose API follows {@link java.util.concurrent}.
 *
 * <p>Start with {@link dev.magpie.scheduler.Scheduler}; write tasks as {@link
 * dev.magpie.scheduler.RecursiveTask} or {@link dev.magpie.scheduler.RecursiveAction}.
 *
 * <h2>What a user may rely on</h2>
 *
 * <ul>
 *   <li>Actions before {@code fork} or {@code submit} happen-before the task; its actions
 *       happen-before a return from {@code join} or {@code get}.
 *   <li>A task runs at most once.
 *   <li>A task runs in the pool that it was submitted to, or whose worker forked it.
 *   <li>What a task throws arrives at {@code join} as itself, with the joiner's frames appended to
 *       its trace.
 *   <li>A failing task never ends a worker. A task whose stack overflowed takes the unjoined tasks
 *       that it forked with it: they are cancelled.
 *   <li>{@code close()} waits for what was submitted; {@code shutdownNow()} interrupts and returns
 *       what never started; no thread outlives the pool.
 *   <li>An interrupt that was meant for one task never reaches the next.
 *   <li>No task outlives its {@link dev.magpie.scheduler.TaskScope}. When a scope is cancelled, or
 *       a submitted task by {@code cancel(true)}, nothing below it starts any more, on whichever
 *       worker, and what runs stops at its next fork or join.
 *   <li>Nothing that the pool keeps holds a finished task.
 *   <li>Never more workers run at a time than {@code getParallelism()} says, those aside that block
 *       in something that the pool does not know of.
 * </ul>
 *
 * <h2>Edges of a task</h2>
 *
 * <p>E1 to E5 are in the deque's package, W1 to W6 in that of the idle workers.
 *
 * <table>
 * <caption>Memory-ordering edges of a task</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>E6</td><td>the worker that ran a task it had popped itself: plain store of outcome, release store of
 * state</td><td>{@code isDone}, {@code join}: acquire load of state, then outcome</td><td>who sees the task done sees
 * its result. No fence, and no look at who waits: waiters of a forked task that was not stolen look again by themselves
 * every half millisecond</td></tr>
 * <tr><td>E7</td><td>who ran a stolen or submitted task, or ended one by {@code complete}: atomic exchange of
 * outcome, volatile store of state or control</td><td>{@code register}: compare-and-set of outcome</td><td>a waiter either stands in the outcome that the
 * exchange takes, and is woken, or finds a result there and does not park</td></tr>
 * <tr><td>E8</td><td>a thief: opaque store of its index</td><td>a joiner: opaque load</td><td>a hint; a stale one costs
 * a failed steal</td></tr>
 * <tr><td>E9</td><td>a worker that enters a run: release store of the newest run, full fence; a canceller: volatile
 * store of the flag and of the number of cancellations, full fence</td><td>a thief: acquire load of the newest run, after
 * its steal; a canceller: volatile load of it, after its fence; a worker: volatile load of the number, after its
 * fence</td><td>a thief finds the token of what it stole; a cancellation is seen by whoever enters a run or lowers
 * demand, or finds the run and raises the demand itself</td></tr>
 * <tr><td>E10</td><td>a thief: opaque store of its victim, then the compare-and-set of top that wins; release store of
 * null when it has announced what it won. The same for a thread in {@code shutdownNow}, which counts itself among those
 * that take parts</td><td>a worker that ends a scope's run: acquire load of top, then of the others' victims, and of that
 * count</td><td>a part of a scope's tree is counted before the scope can end</td></tr>
 * </table>
 *
 * <h2>Who runs a task</h2>
 *
 * <p>A forked task is run by whoever takes it out of the deque, and that is one. One look at its
 * state tells the forker that pops it whether that is all: a task that was submitted, cancelled,
 * completed or run before it was forked again is marked there. A submitted task can be reached
 * twice, through the queue and by a worker that joins it, and goes to the winner of a
 * compare-and-set of its control byte, as do a cancellation and a completion. Every submission
 * carries its pool as the last entry of its stack of waiters, where it costs no field: a worker of
 * another pool that joins it waits, and does not run it. One that a pool has given back and another
 * one was given carries that in an entry above.
 *
 * <h2>Cancelling a tree</h2>
 *
 * <p>Each submitted task, each task of a scope and each scope has a token. A worker keeps a list of
 * runs, the newest first: a run says that what the worker pushes from this index of its deque on,
 * its base, belongs to this token. Forked tasks carry nothing, and a fork costs nothing. A thief
 * that has won an index looks for its token in the victim's list, the first run whose base is not
 * above the index, and runs what it stole in a run of its own under the same token.
 *
 * <p><b>The right token</b> (E9). Let a task be pushed at index {@code i} in run R. R is in the
 * list before the push, and so before the publication that the thief saw (E1); and until the task
 * is joined, which takes the thief. So each list that the thief may read holds R. A run above R in
 * it was entered after the push, or it would have been the newest then; while {@code i} is in the
 * deque, or stolen from it, the owner's bottom is above {@code i}, hence so is the base of that
 * run. The base of R is not above {@code i}. So R is the first that fits. The entries never change,
 * and are reclaimed by the garbage collector, so that a thief may walk an old list. A task that is
 * never joined may lose its token when R ends; within a scope it cannot (see below). A task that
 * joins what was forked outside of its own run, and forks more after that, may push below its base:
 * a stolen part of that is then cancelled only as far as the token outside is.
 *
 * <p><b>No cancellation is missed</b> (E9). A canceller raises the flag, fences, raises demand on
 * all workers and walks their lists. A worker lowers its demand in {@code publish} alone, fences,
 * and looks at the flag. By the fences either it sees the flag and raises its own demand again, or
 * the canceller's raise comes after the lowering. The same holds for a run that is entered: it sees
 * the flag before it begins, or the canceller finds it. While demand stands, each fork and each
 * join takes the slow path and looks at the flag. Since most looks find nothing, a token keeps the
 * number of cancellations at which it last found none above it, and looks no further while that
 * stands.
 *
 * <p><b>Interrupts.</b> A run takes them only while it is the newest of its worker: it is
 * suspended, under its lock, when another one is entered above it, and resumed, with a look at the
 * flag, when that one ends. The interrupt status is set aside at the entry and restored at the end.
 *
 * <h2>The end of a scope</h2>
 *
 * <p>A scope counts its tasks, and the stolen parts of their trees, since a parent whose join threw
 * has left its children behind. A thief announces a part to the scope before it runs it, and then
 * looks at the flag. If the count was at zero before, the scope is over and the part does not
 * start. When a task of a scope ends it first runs or cancels what it left in its deque; then it
 * waits for thieves that won something above its base and have not announced it yet (E10): either
 * its look at top precedes the win, but then nothing was left to win, or it sees the victim that
 * the thief has stored before. So the count does not reach zero before all parts are in it.
 *
 * <p>{@code shutdownNow} takes what is public off the deques as a thief does, since submissions may
 * lie behind forked tasks. These it puts into the queue with their tokens, announced to their
 * scopes; who joins one meanwhile runs it, as it would have from the deque.
 *
 * <h2>Submissions</h2>
 *
 * <p>A worker that looks for work takes up to 64 submissions at a time, keeps the oldest and puts
 * the rest on its deque, all public, in the order they came. It takes them from there as a thief
 * does, oldest first, so that they stay visible to the others while it runs one, which may block.
 * Each 61st task of a worker is a submission, whatever its deque holds: one that another worker
 * took and has not come to, which is older than those in the queue; or else one from there.
 *
 * <h2>Joining</h2>
 *
 * <p>A worker whose task was stolen runs what its own computation has forked, then steals from the
 * thief (Wagner and Calder, "Leapfrogging", PPoPP 1993: what that thief holds belongs to the
 * awaited task), then waits. It runs nothing else: a submission, or part of another computation,
 * might wait for a task that lies below it on the same stack, and neither could go on. So stacks
 * hold what a computation nests by itself, too. Submissions it leaves in the deque for all to see,
 * or puts back into the queue if what it waits for may lie below; the awaited one it runs itself.
 * Of a timed wait nothing is run in the caller while another worker is free, since nobody knows how
 * long it would take.
 *
 * <h2>Permits and spares</h2>
 *
 * <p>There are as many permits as {@code getParallelism()} says, and a worker runs only while it
 * holds one. It gives it up before it sleeps, waits in a join, or blocks in {@code blocking}, and
 * takes one afterwards. A waker looks at the free permits after its fence, and who gives one up
 * looks for work after its own (W1, W2, W4): either the waker sees the free permit, or the other
 * sees the work. A permit that is handed to a waiting worker is not free in between; that worker
 * gives it up in turn.
 *
 * <p>While it waits in a join, a worker stands on the idle stack as a parked one does. When it is
 * woken for work that is not for it, it calls a spare: a worker like any other, not pinned, with a
 * deque of its own, which inherits the place among the searchers. A waker that finds a free permit
 * and nobody on the idle stack calls one, too: the permit is that of a worker that blocks. A spare
 * works until no worker is blocked any more, or one waits for a permit; then it rests. None is
 * started before it is needed.
 *
 * <p>A worker in the middle of a computation sees at its joins, and at forks that the alarm of its
 * deque picks out, whether others are stuck: a worker that waits for a permit, submissions in the
 * queue, or what is left of a batch, while nobody searches. When they have been for 50 us it gives
 * its permit to the worker that waits, or to a spare that serves the submissions, and takes its
 * turn among those that wait. Who gets a permit while others still wait for one keeps it for a
 * millisecond.
 *
 * <p>A holder that blocks without the engine's knowledge is not waited for: see {@link
 * dev.magpie.scheduler.CpuPermits}.
 */
@NullMarked
package dev.magpie.scheduler;

import org.jspecify.annotations.NullMarked;
