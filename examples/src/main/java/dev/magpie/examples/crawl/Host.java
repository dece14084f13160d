package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.HostEvent.Answered;
import dev.magpie.examples.crawl.HostEvent.Arrived;
import dev.magpie.examples.crawl.HostEvent.FreePermit;
import dev.magpie.examples.crawl.HostEvent.GivenBack;
import dev.magpie.examples.crawl.HostEvent.Located;
import dev.magpie.examples.crawl.HostEvent.NotLocated;
import dev.magpie.examples.crawl.HostEvent.RobotsFound;
import dev.magpie.examples.crawl.HostEvent.RobotsNotSent;
import dev.magpie.examples.crawl.HostEvent.Sent;
import dev.magpie.examples.crawl.HostEvent.Tick;
import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.robots.RobotsRules;
import dev.magpie.examples.crawl.robots.RobotsTxt;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One scheme, name and port: its URLs, and when the next of them may be fetched. An actor: events
 * come in from any thread, and are handled in turns, one turn at a time, each a task of the engine.
 * What may not be sent yet stays here, and no thread waits for it.
 *
 * <p><b>Threads.</b> {@link #post} by any thread. Everything below {@code the turn} belongs to the
 * turn that runs.
 *
 * <p><b>Edges.</b> H1: an event is queued before {@code events} is raised, both sequentially
 * consistent, so a turn that counts an event finds it. H2: only who raises the count from zero
 * submits a turn, and the turn lowers it by what it has handled, and submits the next one if any is
 * left: never two turns at a time, and what one turn writes is seen by the next, through the count
 * or through the submission.
 *
 * <p><b>Progress.</b> {@code post} is lock-free. A turn blocks on nothing but the disk, when URLs
 * that were spilled come back.
 */
final class Host implements Runnable, Turnstile.Waiter {

    /** What is missing before pages can be fetched. */
    private enum Phase {
        UNLOCATED,
        LOCATING,
        ROBOTS_NEEDED,
        ROBOTS_ASKED,
        OPEN,
        ENDED
    }

    /** A URL that waits for its next attempt. */
    private record Retry(FrontierUrl url, long time) {}

    /** So many URLs of a turn, and other tasks get the worker. */
    private static final int STEPS = 64;

    private final String origin;
    private final CrawlUrl root;
    private final Crawl crawl;
    private final Politeness politeness;
    private final Retries retries;

    private final Queue<HostEvent> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger events = new AtomicInteger();

    /** When what the next turn is about came up. Written by who submits it; H2 orders it. */
    private volatile long wokenAt;

    /** No request before; for those that are about to be sent. Written by the turn. */
    private volatile long blockedUntil;

    // for reports; written by the turn
    private volatile int shownInFlight;
    private volatile int shownQueued;

    // ---- the turn's own

    private final HostQueue queue;
    private final PriorityQueue<Retry> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Retry::time));
    private final HostPermits permits;
    private final HostAlarm alarm;
    private Phase phase = Phase.UNLOCATED;
    private RobotsRules rules = RobotsRules.ALLOW_ALL;
    private boolean hasRules;
    private long robotsAt;
    private int robotsAttempts;
    private int locateAttempts;
    private FailureKind endedBy = FailureKind.OTHER;
    private boolean isGivenUp;
    private int inFlight;
    private int unsent;
    private long nextStart;
    private double meanNanos;
    private int failures;
    private int openings;

    Host(String origin, CrawlUrl root, Crawl crawl, HostQueue queue) {
        this.origin = origin;
        this.root = root;
        this.crawl = crawl;
        this.queue = queue;
        this.politeness = crawl.config().politeness();
        this.retries = crawl.config().retries();
        long now = System.nanoTime();
        blockedUntil = now;
        nextStart = now;
        permits = new HostPermits(this, crawl.domain(root), crawl.whole());
        alarm = new HostAlarm(crawl, time -> post(Tick.TICK, time));
        crawl.frontier().hostMemory(origin).ifPresent(memory -> recall(memory, now));
        crawl.frontier().robotsMemory(origin).ifPresent(memory -> recall(memory, now));
    }

    private void recall(HostMemory memory, long now) {
        long left = memory.blockedUntil() - System.currentTimeMillis();
        blockedUntil = now + TimeUnit.MILLISECONDS.toNanos(Math.max(left, 0));
        failures = memory.failures();
        openings = memory.openings();
        meanNanos = memory.meanNanos();
        nextStart = now + gapNanos(); // the last request may have been just before the end
        if (memory.hasEnded()) {
            isGivenUp = true;
            phase = Phase.ENDED;
        }
    }

    private void recall(RobotsMemory memory, long now) {
        long age = System.currentTimeMillis() - memory.fetchedAt();
        if (age >= 0 && age < CrawlConfig.ROBOTS_AGE.toMillis()) {
            robotsAt = now - TimeUnit.MILLISECONDS.toNanos(age);
            useRules(memory.found());
            nextStart = now + gapNanos();
        }
    }

    // ---- any thread

    void post(HostEvent event) {
        post(event, System.nanoTime());
    }

    private void post(HostEvent event, long since) {
        inbox.add(event); // H1
        if (events.getAndIncrement() == 0) { // H2
            wokenAt = since;
            crawl.execute(this);
        }
    }

    /** A turnstile where this host left its name may have a permit. */
    @Override
    public void onFreePermit(Turnstile turnstile) {
        post(new FreePermit(turnstile));
    }

    String origin() {
        return origin;
    }

    int inFlight() {
        return shownInFlight;
    }

    int queued() {
        return shownQueued;
    }

    // ---- the turn

    @Override
    public void run() {
        int batch = events.get();
        try {
            turn(batch);
        } catch (IOException | RuntimeException | Error ex) {
            crawl.fail(ex);
        }
        if (events.addAndGet(-batch) != 0) { // H2
            wokenAt = System.nanoTime();
            crawl.execute(this);
        }
    }

    private void turn(int batch) throws IOException {
        Turnstile free = null;
        for (int i = 0; i < batch; i++) {
            HostEvent event = inbox.poll(); // H1
            if (event instanceof FreePermit permit) {
                if (free != null && free != permit.turnstile()) {
                    free.passOn();
                }
                free = permit.turnstile();
                permits.onFree(free);
            } else if (event != null) {
                handle(event);
            }
        }
        act();
        if (free != null) {
            free.passOn(); // to another host, if this one has not taken it
        }
        shownInFlight = inFlight;
        shownQueued = queue.size() + waiting.size();
    }

    private void handle(HostEvent event) throws IOException {
        if (event instanceof Arrived arrived) {
            queue.add(arrived.url());
        } else if (event instanceof Sent sent) {
            unsent--;
            nextStart = later(nextStart, sent.time() + gapNanos());
        } else if (event instanceof Answered answered) {
            inFlight--;
            permits.releaseRequest(); // the permit of the whole crawl goes back when the page is
            // done
            onAnswer(answered.url(), answered.result());
        } else if (event instanceof GivenBack back) {
            unsent--;
            inFlight--;
            permits.releaseRequest();
            crawl.onNotFetched();
            queue.putBack(back.url());
        } else if (event instanceof Located located) {
            permits.setAddress(crawl.address(located.address()));
            phase = hasRules ? Phase.OPEN : Phase.ROBOTS_NEEDED;
        } else if (event instanceof NotLocated notLocated) {
            onNotLocated(notLocated.kind());
        } else if (event instanceof RobotsFound found) {
            inFlight--;
            permits.releaseAll();
            onRobots(found.robots());
        } else if (event == RobotsNotSent.ROBOTS_NOT_SENT) {
            unsent--;
            inFlight--;
            permits.releaseAll();
            phase = Phase.ROBOTS_NEEDED;
        } else if (event == Tick.TICK) {
            alarm.onTick();
        }
    }

    /** Does what may be done now, and sees to being called when more may. */
    private void act() throws IOException {
        if (!crawl.isRunning() || (queue.isEmpty() && waiting.isEmpty())) {
            return;
        }
        switch (phase) {
            case UNLOCATED -> locate();
            case ROBOTS_NEEDED -> askRobots();
            case OPEN -> {
                if (isRobotsOld()) {
                    phase = Phase.ROBOTS_NEEDED;
                    askRobots();
                } else {
                    sendPages();
                }
            }
            case ENDED -> dropAll();
            case LOCATING, ROBOTS_ASKED -> {}
        }
    }

    // ---- address

    private void locate() {
        if (mayStartAt(blockedUntil)) {
            phase = Phase.LOCATING;
            crawl.locate(this, root);
        }
    }

    private void onNotLocated(FailureKind kind) {
        locateAttempts++;
        if (locateAttempts < retries.attemptsFor(kind)) {
            phase = Phase.UNLOCATED;
            block(retries.backoffNanos(locateAttempts));
            return;
        }
        end(kind, false);
    }

    private boolean mayStartAt(long time) {
        if (time - System.nanoTime() <= 0) {
            return true;
        }
        alarm.wakeAt(time);
        return false;
    }

    // ---- robots.txt

    private boolean isRobotsOld() {
        return System.nanoTime() - robotsAt > CrawlConfig.ROBOTS_AGE.toNanos();
    }

    private void askRobots() {
        long now = System.nanoTime();
        if (isFull()) {
            return;
        }
        if (!mayStartAt(later(nextStart, blockedUntil)) || !enter(now)) {
            return;
        }
        phase = Phase.ROBOTS_ASKED;
        inFlight++;
        unsent++;
        nextStart = now + gapNanos();
        crawl.askRobots(this, root);
    }

    private void onRobots(RobotsTxt found) {
        crawl.stats().addRobots();
        if (found.outcome() == RobotsTxt.Outcome.UNREACHABLE) {
            robotsAttempts++;
            int attempts = found.failure().map(retries::attemptsFor).orElse(retries.attempts());
            if (robotsAttempts < attempts) {
                phase = Phase.ROBOTS_NEEDED;
                Duration asked = found.retryAfter().orElse(Duration.ZERO);
                block(Math.max(retries.backoffNanos(robotsAttempts), afterNanos(asked)));
                return;
            }
            crawl.stats().addUnreachable(found);
        }
        robotsAttempts = 0;
        robotsAt = System.nanoTime();
        useRules(found);
        nextStart = later(nextStart, robotsAt + crawlDelayNanos());
        phase = Phase.OPEN;
        crawl.onRobots(found, rules);
    }

    private void useRules(RobotsTxt found) {
        hasRules = true;
        rules = found.rules(crawl.config().agents(), politeness.maxDelay());
    }

    private long crawlDelayNanos() {
        return rules.crawlDelay().map(Duration::toNanos).orElse(0L);
    }

    // ---- pages

    private void sendPages() throws IOException {
        for (int step = 0; step < STEPS; step++) {
            if (isFull() || (queue.isEmpty() && waiting.isEmpty())) {
                return;
            }
            long now = System.nanoTime();
            long ready = later(nextStart, blockedUntil);
            if (queue.isEmpty()) {
                ready = later(ready, firstRetry());
            }
            if (ready - now > 0) {
                alarm.wakeAt(ready);
                return;
            }
            FrontierUrl next = take(now);
            if (next == null) {
                return;
            }
            CrawlUrl url = next.url();
            if (!rules.allowed(url)) {
                crawl.finishUnfetched(next, Outcome.skipped(Skip.ROBOTS));
            } else if (!send(next, url, now, later(ready, wokenAt))) {
                queue.putBack(next);
                return;
            }
        }
        post(Tick.TICK);
    }

    private boolean send(FrontierUrl next, CrawlUrl url, long now, long readyAt) {
        if (!enter(now)) {
            return false;
        }
        if (!crawl.startPage()) {
            permits.releaseAll();
            return false;
        }
        inFlight++;
        unsent++;
        nextStart = now + gapNanos();
        crawl.fetch(this, next, url, readyAt);
        return true;
    }

    private long firstRetry() {
        Retry first = waiting.peek();
        return first == null ? System.nanoTime() : first.time();
    }

    private @Nullable FrontierUrl take(long now) throws IOException {
        Retry first = waiting.peek();
        if (first != null && first.time() - now <= 0) {
            waiting.remove();
            return first.url();
        }
        return queue.poll();
    }

    /** When a request must not be sent any more, though its turn has let it go. */
    boolean isBlocked() {
        return blockedUntil - System.nanoTime() > 0;
    }

    // ---- permits

    /** One at a time while it is open whether the host works at all. */
    private int limit() {
        return failures >= retries.breakerFailures() ? 1 : politeness.perHost();
    }

    /**
     * A gap begins when a request has gone out, not when it was let go: it may have had to queue.
     */
    private boolean isFull() {
        return inFlight >= limit() || (unsent > 0 && gapNanos() > 0);
    }

    /** Takes a permit everywhere, or none and sees to being called. */
    private boolean enter(long now) {
        long wait = permits.enter(now);
        if (wait > 0) {
            alarm.wakeAt(now + wait);
        }
        return wait == 0;
    }

    // ---- answers

    private void onAnswer(FrontierUrl url, FetchResult result) {
        long taken = result.elapsed().toNanos();
        crawl.stats().addTime(url.text(), taken);
        Verdict verdict = Verdict.of(result, url.attempt(), retries);
        if (verdict.countsAgainstHost()) {
            onHostFailure(verdict);
        } else {
            meanNanos = meanNanos == 0 ? taken : meanNanos * 0.8 + taken * 0.2;
            if (failures > 0) {
                failures = 0;
                openings = 0;
                remember();
            }
        }
        if (phase == Phase.ENDED || !verdict.isRetried()) {
            crawl.process(url, result);
        } else {
            crawl.stats().addRetry();
            crawl.onNotFetched();
            long wait = verdict.blocksHost() ? 0 : retries.backoffNanos(url.attempt() + 1);
            waiting.add(new Retry(url.triedAgain(), System.nanoTime() + wait));
        }
    }

    private void onHostFailure(Verdict verdict) {
        failures++;
        if (failures >= retries.breakerFailures()) {
            openings++;
            if (openings > retries.breakerOpenings()) {
                end(FailureKind.OTHER, true);
                return;
            }
            block(Math.max(retries.backoffNanos(openings + 1), afterNanos(verdict.retryAfter())));
        } else if (verdict.blocksHost()) {
            long asked = afterNanos(verdict.retryAfter());
            block(asked > 0 ? asked : retries.backoffNanos(failures));
        }
    }

    /** What a server asks for, and a little more, so that not everyone comes back at once. */
    private long afterNanos(Duration asked) {
        long nanos = Math.min(asked.toNanos(), retries.maxRetryAfter().toNanos());
        return nanos == 0 ? 0 : nanos + Math.min(nanos / 10, TimeUnit.SECONDS.toNanos(5));
    }

    private void block(long nanos) {
        blockedUntil = later(blockedUntil, System.nanoTime() + nanos);
        remember();
    }

    private void remember() {
        long left = TimeUnit.NANOSECONDS.toMillis(blockedUntil - System.nanoTime());
        crawl.frontier()
                .remember(
                        new HostMemory(
                                origin,
                                left > 0 ? System.currentTimeMillis() + left + 1 : 0,
                                failures,
                                openings,
                                (long) meanNanos,
                                isGivenUp));
    }

    /** Gives the host up: what is queued ends unfetched. */
    private void end(FailureKind kind, boolean forGood) {
        phase = Phase.ENDED;
        endedBy = kind;
        isGivenUp = forGood;
        if (forGood) {
            remember();
        }
    }

    private void dropAll() throws IOException {
        Outcome outcome = isGivenUp ? Outcome.skipped(Skip.HOST_FAILED) : Outcome.failed(endedBy);
        for (int step = 0; step < STEPS; step++) {
            Retry retry = waiting.poll();
            FrontierUrl next = retry == null ? queue.poll() : retry.url();
            if (next == null) {
                return;
            }
            crawl.finishUnfetched(next, outcome);
        }
        post(Tick.TICK);
    }

    // ---- time

    private long gapNanos() {
        long adapted =
                Math.min(
                        (long) (politeness.adaptive() * meanNanos),
                        politeness.maxDelay().toNanos());
        return Math.max(politeness.delay().toNanos(), Math.max(adapted, crawlDelayNanos()));
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Nothing calls it any more; any thread, once the crawl is closed. */
    void disarm() {
        alarm.disarm();
    }
}
