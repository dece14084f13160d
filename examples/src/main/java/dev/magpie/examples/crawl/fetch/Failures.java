package dev.magpie.examples.crawl.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http2.impl.nio.ProtocolNegotiationException;

/** What exceptions of both HTTP clients mean. */
final class Failures {

    private static final int MAX_MESSAGE = 200;

    private Failures() {}

    static FailureKind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Connection reset")) {
                return FailureKind.RESET; // which a client may wrap in what it expected instead
            }
        }
        for (Throwable cause = unwrap(thrown); cause != null; cause = cause.getCause()) {
            FailureKind kind = kindOfOne(cause);
            if (kind != FailureKind.OTHER) {
                return kind;
            }
        }
        return FailureKind.OTHER;
    }

    private static FailureKind kindOfOne(Throwable cause) {
        if (cause instanceof RefusedAddressException) {
            return FailureKind.REFUSED_ADDRESS;
        } else if (cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException) {
            return FailureKind.DNS;
        } else if (cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectTimeoutException
                || cause instanceof NoRouteToHostException
                || cause instanceof PortUnreachableException) {
            return FailureKind.CONNECT;
        } else if (cause instanceof HttpTimeoutException
                || cause instanceof SocketTimeoutException) {
            return FailureKind.TIMEOUT;
        } else if (cause instanceof SSLException || cause instanceof ProtocolNegotiationException) {
            return FailureKind.TLS;
        } else if (cause instanceof MessageConstraintException) {
            return FailureKind.TOO_LARGE;
        }
        return byMessage(cause);
    }

    /** Where a client says only in words what happened. */
    private static FailureKind byMessage(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("header size") || message.contains("headers size")) {
            return FailureKind.TOO_LARGE;
        } else if (message.contains("content-length")
                || message.contains("premature end")
                || message.contains("truncated chunk")
                || message.contains("chunk")) {
            return FailureKind.PROTOCOL;
        } else if (cause instanceof SocketException
                || cause instanceof ConnectionClosedException
                || cause instanceof EOFException
                || message.contains("connection reset")
                || message.contains("broken pipe")
                || message.contains("eof reached")
                || message.contains("received no bytes")) {
            return FailureKind.RESET;
        } else if (cause instanceof HttpException
                || cause instanceof ProtocolException
                || cause instanceof IOException) {
            return cause.getClass() == IOException.class && cause.getCause() != null
                    ? FailureKind.OTHER // its cause may tell more
                    : FailureKind.PROTOCOL;
        }
        return FailureKind.OTHER;
    }

    static String message(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        String message = cause.getMessage();
        String text = message == null ? cause.getClass().getSimpleName() : message;
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) : line;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                return cause;
            }
            cause = inner;
        }
        return cause;
    }
}
