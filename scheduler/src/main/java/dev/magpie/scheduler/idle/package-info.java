/**
 * Who is parked, who searches, and whom to wake. Internal; knows worker indices only.
 *
 * <h2>The rules</h2>
 *
 * <ul>
 *   <li><b>W1</b> An external submission is enqueued, then comes a full fence. If a submission that
 *       was in the queue before it is still there, nothing more is done. Else: if anyone is parked
 *       and nobody searches, one is woken; otherwise demand is raised on all, so that the busy look
 *       up.
 *   <li><b>W2</b> A worker that publishes raises split, then comes a full fence, then as W1. A fork
 *       that publishes nothing has no fence.
 *   <li><b>W3</b> The last searcher that finds work wakes one more if more is in sight, before it
 *       runs it. So does a worker that was woken while it waits in a join; or it calls a spare,
 *       which inherits its place among the searchers.
 *   <li><b>W4</b> A worker that goes to sleep announces itself on the stack and leaves the
 *       searchers; then comes a full fence; then it raises demand on all and looks once more at
 *       every public part and at the submissions. If anything is in sight it wakes one: itself,
 *       mostly, since it lies on top.
 *   <li><b>W5</b> Who parked last is woken first.
 *   <li>In all of these somebody is woken only if a permit to run is free, and who gives a permit
 *       up fences and looks for work as in W4; see the root package.
 *   <li><b>W6</b> A worker leaves a pool that is over only when the submission queue is empty under
 *       the lock that late submitters take.
 * </ul>
 *
 * <h2>No wake-up is lost</h2>
 *
 * <p>Take a piece of work and a worker that sleeps for good. The submitter (W1, W2) wrote the work,
 * fenced, and read the word; the sleeper (W4) wrote the word, fenced, and read the work. By the
 * fences one of them saw the other's write. If the sleeper saw the work, it woke somebody. If the
 * submitter saw the announcement, it woke somebody, or saw a searcher. A searcher ends its search
 * in two ways. It finds work: if it was the last one, it looks (W3) after the atomic decrement, and
 * so sees every work whose submitter counted on it. Or it announces itself, decrements, fences and
 * looks (W4), with the same effect. So for every piece of work that is public somebody is awake who
 * will look for it. Work that is private to a busy worker becomes public at that worker's next fork
 * or join, for the sleeper raised demand before it parked and E4 delays only.
 *
 * <p><b>Many submissions, one wake-up</b> (W1). Take as one piece of work: "the submission queue is
 * not empty". While it lasts, nobody is parked or somebody searches or is being woken: the two ways
 * to end a search and the way into sleep all look at the queue, by the argument above. The
 * submission that made the queue non-empty looks for a sleeper; one that finds an older submission
 * in front of it after its own fence may rely on that, since the queue has not been empty since. It
 * must look after it was added: a submitter that looks before leaves a worker asleep, and {@code
 * IdleModelTest} finds it. For the busy: a worker that lowers its demand, or takes one submission
 * in a join, raises demand again if the queue is not empty.
 *
 * <p><b>Who searches.</b> At most half of the workers, rounded up, go on searching: the others
 * sleep by W4 at once. Searching takes the time of a core, of which there may be few.
 *
 * <p>The unpark permit is sticky: an unpark between the last look and the park makes the park
 * return at once. A waker takes the announcement (state {@code UNLISTED}) before it unparks, and
 * the sleeper parks only while its announcement stands.
 *
 * <h2>The stack</h2>
 *
 * <p>Treiber's, of indices. Indices are reused, hence the version in the same word: {@code
 * IdleModelTest} shows that without it a parked worker gets lost. The word counts searchers in the
 * same compare-and-set that takes a worker off the stack, so that two wakers never wake two for one
 * piece of work.
 */
@NullMarked
package dev.magpie.scheduler.idle;

import org.jspecify.annotations.NullMarked;
