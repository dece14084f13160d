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
 *   <li>Nothing that the pool keeps holds a finished task.
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
 * <tr><td>E7</td><td>who ran a stolen or submitted task: atomic exchange of outcome, volatile store of
 * state</td><td>{@code register}: compare-and-set of outcome</td><td>a waiter either stands in the outcome that the
 * exchange takes, and is woken, or finds a result there and does not park</td></tr>
 * <tr><td>E8</td><td>a thief: opaque store of its index</td><td>a joiner: opaque load</td><td>a hint; a stale one costs
 * a failed steal</td></tr>
 * </table>
 *
 * <h2>Who runs a task</h2>
 *
 * <p>A forked task is run by whoever takes it out of the deque, and that is one. One look at its
 * state tells the forker that pops it whether that is all: a task that was submitted, cancelled or
 * run before it was forked again is marked there. A submitted task can be reached twice, through
 * the queue and by a worker that joins it, and goes to the winner of a compare-and-set of its
 * control byte, as does a cancellation. Every submission carries its pool as the last entry of its
 * stack of waiters, where it costs no field: a worker of another pool that joins it waits, and does
 * not run it.
 *
 * <h2>Submissions</h2>
 *
 * <p>A worker that looks for work takes up to 64 submissions at a time, keeps the oldest and puts
 * the rest on its deque, all public, in the order they came. It takes them from there as a thief
 * does, oldest first, so that they stay visible to the others while it runs one, which may block.
 *
 * <h2>Joining</h2>
 *
 * <p>A worker whose task was stolen runs what its own computation has forked, then steals from the
 * thief (Wagner and Calder, "Leapfrogging", PPoPP 1993: what that thief holds belongs to the
 * awaited task), then waits. It runs nothing else: a submission, or part of another computation,
 * might wait for a task that lies below it on the same stack, and neither could go on. So stacks
 * hold what a computation nests by itself, too.
 *
 * <h2>Spares</h2>
 *
 * <p>While it waits, a worker stands on the idle stack as a parked one does. When it is woken for
 * work that is not for it, it calls a spare: a worker like any other, not pinned, with a deque of
 * its own, which inherits the place among the searchers and works until no worker waits in a join
 * any more and no submission waits; then it rests. A worker whose joins see waiting submissions for
 * longer than 50 us calls one as well, one at a time. There are at most 256, and none is started
 * before it is needed. So there are more runnable workers than configured only while submissions
 * found everybody busy, or for the length of one task after a wait has ended.
 */
@NullMarked
package dev.magpie.scheduler;

import org.jspecify.annotations.NullMarked;
