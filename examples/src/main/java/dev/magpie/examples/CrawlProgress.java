package dev.magpie.examples;

import dev.magpie.examples.crawl.Crawl;
import dev.magpie.examples.crawl.CrawlSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Pages a second, in flight and queued, and the busiest hosts, on standard error where that is a
 * terminal; otherwise nothing.
 */
final class CrawlProgress implements AutoCloseable {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int HOSTS = 2;

    private final @Nullable Thread painter;
    private volatile boolean isClosed;

    CrawlProgress(Crawl crawl) {
        if (!Progress.isTerminal()) {
            painter = null;
            return;
        }
        Thread started = new Thread(() -> paint(crawl), "magpie-crawl-progress");
        started.setDaemon(true);
        started.start();
        painter = started;
    }

    private void paint(Crawl crawl) {
        try (ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName("crawling")
                        .setInitialMax(-1)
                        .setUnit(" pages", 1)
                        .showSpeed()
                        .build()) {
            while (!isClosed) {
                CrawlSnapshot now = crawl.snapshot(HOSTS);
                bar.maxHint(now.fetched() + now.pending());
                bar.stepTo(now.fetched());
                bar.setExtraMessage(now.line());
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Thread started = painter;
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join(TimeUnit.SECONDS.toMillis(2));
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
