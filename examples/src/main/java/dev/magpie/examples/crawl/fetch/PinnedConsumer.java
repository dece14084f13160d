package dev.magpie.examples.crawl.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** Takes a response in for {@link PinnedFetcher}. Used by one thread of the client at a time. */
final class PinnedConsumer implements AsyncResponseConsumer<Boolean> {

    /** Ends an exchange of which enough is known; its connection is closed. */
    private static final class Enough extends IOException {

        private static final long serialVersionUID = 1;

        Enough(String message) {
            super(message);
        }
    }

    private final Attempt attempt;
    private final BodyCollector collector;
    private InetAddress address;
    private int status; // 0 before there is a response
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private @Nullable FutureCallback<Boolean> callback;

    PinnedConsumer(Attempt attempt, InetAddress checked) {
        this.attempt = attempt;
        this.address = checked;
        this.collector = new BodyCollector(attempt.request.limits().maxBodyBytes());
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Boolean> whenDone)
            throws IOException {
        callback = whenDone;
        status = response.getCode();
        headers = headers(response);
        EndpointDetails endpoint = HttpCoreContext.cast(context).getEndpointDetails();
        if (endpoint != null
                && endpoint.getRemoteAddress() instanceof InetSocketAddress remote
                && remote.getAddress() != null) {
            address = remote.getAddress();
        }
        FetchResult.Failure objection = attempt.objection(status, headers);
        if (objection != null) {
            attempt.fail(objection);
            throw new Enough(objection.message());
        }
        if (entity == null) {
            finish();
        } else {
            attempt.answered(status, headers, collector, address);
        }
    }

    private static HttpHeaders headers(HttpResponse response) {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            map.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(value);
        }
        return HttpHeaders.of(map, (name, value) -> !name.isEmpty());
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (!collector.add(bytes)) {
            finish();
            throw new Enough("body exceeds its limit");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        finish();
    }

    private void finish() {
        attempt.finish(status, headers, collector, address);
        if (callback != null) {
            callback.completed(true);
        }
    }

    @Override
    public void failed(Exception cause) {
        if (status == 0) {
            attempt.fail(cause);
        } else {
            attempt.breakOff(status, headers, collector, address, cause); // no effect after finish
        }
    }

    @Override
    public void releaseResources() {}
}
