package dev.magpie.examples.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckedResolverTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static CheckedResolver resolver(Resolver resolver) {
        return new CheckedResolver(resolver, AddressPolicy.publicOnly(), LONG);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private static InetAddress get(CheckedResolver resolver, String host) throws Exception {
        return resolver.resolve(host).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void manyWhoAskAtOnceShareOneLookUp() throws Exception {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        Resolver slow =
                host -> {
                    count.incrementAndGet();
                    await(gate);
                    return List.of(address("1.1.1.1"));
                };
        try (CheckedResolver resolver = resolver(slow)) {
            List<CompletableFuture<InetAddress>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(resolver.resolve("example.com").toCompletableFuture());
            }
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertThat(resolver.remembered("example.com")).isEmpty();
            gate.countDown();
            for (CompletableFuture<InetAddress> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(address("1.1.1.1"));
            }
            assertThat(count).hasValue(1);
            assertThat(resolver.remembered("example.com")).contains(address("1.1.1.1"));
        }
    }

    private static void await(CountDownLatch gate) throws UnknownHostException {
        try {
            gate.await();
        } catch (InterruptedException ex) {
            throw new UnknownHostException("interrupted");
        }
    }

    /** A name server that answers harmlessly first, and with a private address afterwards. */
    @Test
    void aNameThatChangesItsAddressIsNotFollowed() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Resolver rebinding =
                host ->
                        List.of(
                                address(
                                        count.getAndIncrement() == 0
                                                ? "1.1.1.1"
                                                : "169.254.169.254"));
        try (CheckedResolver resolver = resolver(rebinding)) {
            assertThat(get(resolver, "evil.example")).isEqualTo(address("1.1.1.1"));
            assertThat(get(resolver, "evil.example")).isEqualTo(address("1.1.1.1"));
            assertThat(resolver.remembered("evil.example")).contains(address("1.1.1.1"));
        }
        count.set(0);
        try (CheckedResolver forgetful =
                new CheckedResolver(rebinding, AddressPolicy.publicOnly(), Duration.ZERO)) {
            assertThat(get(forgetful, "evil.example")).isEqualTo(address("1.1.1.1"));
            assertThatThrownBy(() -> get(forgetful, "evil.example"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RefusedAddressException.class);
            assertThat(forgetful.remembered("evil.example")).isEmpty();
        }
    }

    @Test
    void addressesAreCheckedAndNotLookedUp() throws Exception {
        Resolver nobody =
                host -> {
                    throw new AssertionError("asked for " + host);
                };
        try (CheckedResolver resolver = resolver(nobody)) {
            assertThat(get(resolver, "1.1.1.1")).isEqualTo(address("1.1.1.1"));
            assertThat(get(resolver, "[2606:4700::1]")).isEqualTo(address("2606:4700::1"));
            for (String host : List.of("127.0.0.1", "[::1]", "[::ffff:7f00:1]", "[fd00::1]")) {
                assertThatThrownBy(() -> get(resolver, host))
                        .as(host)
                        .hasCauseInstanceOf(RefusedAddressException.class);
            }
        }
    }

    @Test
    void failuresAreTold() {
        Resolver broken =
                host -> {
                    if (host.startsWith("bug")) {
                        throw new IllegalStateException("a defect");
                    }
                    throw new UnknownHostException(host);
                };
        try (CheckedResolver resolver = resolver(broken)) {
            assertThatThrownBy(() -> get(resolver, "nowhere.example"))
                    .hasCauseInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> get(resolver, "bug.example"))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closingEndsThoseWhoWait() {
        CountDownLatch never = new CountDownLatch(1);
        CheckedResolver resolver =
                resolver(
                        host -> {
                            await(never);
                            return List.of();
                        });
        var waiting = resolver.resolve("example.com").toCompletableFuture();
        resolver.close();
        resolver.close();
        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> get(resolver, "late.example"))
                .hasCauseInstanceOf(UnknownHostException.class)
                .hasMessageContaining("closed");
    }
}
