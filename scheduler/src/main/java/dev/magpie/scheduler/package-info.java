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
 * <p>A forked task is run by whoever takes it out of the deque, and that is one. A submitted task
 * can be reached twice, through the queue and by a worker that joins it, and goes to the winner of
 * a compare-and-set of its control byte, as does a cancellation. Every submission carries its pool
 * as the last entry of its stack of waiters, where it costs no field: a worker of another pool that
 * joins it waits, and does not run it.
 *
 * <h2>Submissions</h2>
 *
 * <p>A worker that looks for work takes up to 64 submissions at a time, keeps the oldest and puts
 * the rest on its deque, all public, the oldest last, so that it pops them in the order they came.
 * One that joins takes one, since it may be held up by it.
 *
 * <h2>Joining</h2>
 *
 * <p>A worker whose task was stolen runs its own deque first, then steals from the thief (Wagner
 * and Calder, "Leapfrogging", PPoPP 1993: what that thief holds belongs to the awaited task), then,
 * while fewer than twelve such tasks are nested on its stack, from anybody, then waits: on the idle
 * stack while it may still help, so that work wakes it too. Only a bounded number of foreign tasks
 * is ever nested on a stack, so that its depth stays the computation's own.
 */
@NullMarked
package dev.magpie.scheduler;

import org.jspecify.annotations.NullMarked;
