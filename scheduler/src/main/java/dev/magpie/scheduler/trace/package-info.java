/**
 * What watches workers: bounded buffers of events, the timeline file, Flight Recorder events. Knows
 * workers by index only. Internal.
 *
 * <p><b>Threads.</b> An {@link dev.magpie.scheduler.trace.EventBuffer} is written by one worker and
 * read by anyone; the events are committed by the worker that they are about.
 *
 * <h2>Edges</h2>
 *
 * <table>
 * <caption>Memory-ordering edges of an event buffer</caption>
 * <tr><th>name</th><th>writer</th><th>reader</th><th>why</th></tr>
 * <tr><td>T1</td><td>{@code add}: plain stores of an event, release store of the count</td><td>{@code read}: acquire
 * load of the count, then the events below it</td><td>who counts an event reads it whole</td></tr>
 * <tr><td>T2</td><td>{@code add}: the store of the count, store fence, then the stores of the next
 * event</td><td>{@code read}: loads of events, acquire fence, load of the count</td><td>who met a word of an event that
 * overwrites another sees a count that says so, and drops what may have been overwritten</td></tr>
 * <tr><td>T3</td><td>{@code WorkerProbe}: {@code add}, then the release store of what the worker does
 * next</td><td>{@code WorkerProbe.open}: acquire load of what it does, then the buffer is detached and
 * read</td><td>what ended is in the buffer, or is still seen going on</td></tr>
 * </table>
 */
@NullMarked
package dev.magpie.scheduler.trace;

import org.jspecify.annotations.NullMarked;
