package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.robots.RobotsTxt;
import java.net.InetAddress;

/** What a host is told. */
sealed interface HostEvent {

    /** Look again: a delay is over, or the crawl has begun. */
    enum Tick implements HostEvent {
        TICK
    }

    /** A URL is to be fetched. */
    record Arrived(FrontierUrl url) implements HostEvent {}

    /** A request has gone out. */
    record Sent(long time) implements HostEvent {}

    /** A request is over. */
    record Answered(FrontierUrl url, FetchResult result) implements HostEvent {}

    /** A request was not sent after all. */
    record GivenBack(FrontierUrl url) implements HostEvent {}

    /** The host has an address. */
    record Located(InetAddress address) implements HostEvent {}

    /** The host has none that may be used. */
    record NotLocated(FailureKind kind) implements HostEvent {}

    /** The robots.txt was found, or not. */
    record RobotsFound(RobotsTxt robots) implements HostEvent {}

    /** A robots.txt was not asked for after all. */
    enum RobotsNotSent implements HostEvent {
        ROBOTS_NOT_SENT
    }

    /** A turnstile may have a permit. */
    record FreePermit(Turnstile turnstile) implements HostEvent {}
}
