package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.URLFrontierGrpc.URLFrontierStub;
import crawlercommons.urlfrontier.Urlfrontier.AckMessage;
import crawlercommons.urlfrontier.Urlfrontier.AckMessage.Status;
import crawlercommons.urlfrontier.Urlfrontier.URLItem;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is put into the service: one stream of URLs there, one of acknowledgements back. A put waits
 * while gRPC's buffers are full or too many are unacknowledged; when the stream breaks, it is
 * opened again, and what has not been acknowledged goes first. Belongs to the client's loop.
 */
final class PutStream {

    /** Told of the stream. */
    interface Listener {

        /** It works, for the first time or again. */
        void onBack();

        /** It broke, or could not be opened. */
        void onAway(Throwable cause);
    }

    private record Put(String id, URLItem item, Consumer<Status> onAck) {}

    private static final int WINDOW = 4_096;
    private static final long RESEND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Loop loop;
    private final ManagedChannel channel;
    private final URLFrontierStub stub;
    private final Listener listener;
    private final Backoff backoff = new Backoff();
    private final Deque<Put> waiting = new ArrayDeque<>();
    private final Map<String, Put> unacknowledged = new LinkedHashMap<>();
    private @Nullable Connection connection;
    private long lastId;
    private int failed;
    private long heardAt;
    private boolean isEnded;

    PutStream(Loop loop, ManagedChannel channel, URLFrontierStub stub, Listener listener) {
        this.loop = loop;
        this.channel = channel;
        this.stub = stub;
        this.listener = listener;
    }

    /** Opens the stream; again and again, until it is ended. */
    void open() {
        if (isEnded) {
            return;
        }
        channel.resetConnectBackoff(); // ours counts
        Connection opened = new Connection();
        connection = opened;
        var unused = stub.putURLs(opened);
    }

    /** Puts a URL; {@code onAck} runs when the service has taken or refused it for good. */
    void put(URLItem.Builder item, Consumer<Status> onAck) {
        String id = Long.toString(++lastId);
        waiting.add(new Put(id, item.setID(id).build(), onAck));
        drain();
    }

    /** Whether all that was put has been acknowledged. */
    boolean isIdle() {
        return waiting.isEmpty() && unacknowledged.isEmpty() && failed == 0;
    }

    boolean isWorking() {
        Connection current = connection;
        return current != null && current.hasWorked;
    }

    /** Breaks a stream on which nothing comes back: who is at the other end may be gone. */
    void checkSilence(long now) {
        Connection current = connection;
        if (current != null && !unacknowledged.isEmpty() && now - heardAt > SILENCE_NANOS) {
            heardAt = now;
            current.cancel();
        }
    }

    void end() {
        isEnded = true;
        connection = null;
    }

    private void drain() {
        Connection current = connection;
        if (current == null) {
            return;
        }
        while (!waiting.isEmpty() && unacknowledged.size() < WINDOW && current.isReady()) {
            Put put = waiting.remove();
            if (unacknowledged.isEmpty()) {
                heardAt = System.nanoTime();
            }
            unacknowledged.put(put.id(), put);
            current.send(put.item());
        }
    }

    private void onAck(AckMessage ack) {
        heardAt = System.nanoTime();
        Put put = unacknowledged.remove(ack.getID());
        if (put == null) {
            return;
        }
        if (ack.getStatus() == Status.FAIL) {
            failed++;
            loop.after(
                    RESEND_NANOS,
                    () -> {
                        failed--;
                        waiting.add(put);
                        drain();
                    });
        } else {
            put.onAck().accept(ack.getStatus());
        }
        drain();
    }

    private void onBroken(Connection broken, Throwable cause) {
        if (connection != broken) {
            return;
        }
        connection = null;
        List<Put> again = new ArrayList<>(unacknowledged.values());
        unacknowledged.clear();
        Collections.reverse(again);
        again.forEach(waiting::addFirst); // S2
        listener.onAway(cause);
        loop.after(backoff.nextNanos(), this::open);
    }

    /** One stream, from its opening to its end. gRPC calls it on the loop. */
    private final class Connection implements ClientResponseObserver<URLItem, AckMessage> {

        private @Nullable ClientCallStreamObserver<URLItem> requests;
        private boolean hasWorked;

        @Override
        public void beforeStart(ClientCallStreamObserver<URLItem> stream) {
            requests = stream;
            stream.setOnReadyHandler(this::onReady);
        }

        private void onReady() {
            if (connection != this) {
                return;
            }
            if (!hasWorked) {
                hasWorked = true;
                backoff.reset();
                listener.onBack();
            }
            drain();
        }

        boolean isReady() {
            return requests != null && requests.isReady();
        }

        void send(URLItem item) {
            if (requests != null) {
                requests.onNext(item);
            }
        }

        void cancel() {
            if (requests != null) {
                requests.cancel("no acknowledgement", null);
            }
        }

        @Override
        public void onNext(AckMessage ack) {
            if (connection == this) {
                PutStream.this.onAck(ack);
            }
        }

        @Override
        public void onError(Throwable cause) {
            onBroken(this, cause);
        }

        @Override
        public void onCompleted() {
            onBroken(this, new IllegalStateException("the service ended the stream"));
        }
    }
}
