package dev.magpie.scheduler;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the management console shows of one pool. Apart from the builder's request nothing refers to
 * this class, so that the module {@code java.management} may be absent.
 */
final class SchedulerBean implements SchedulerMXBean {

    private final SchedulerConfig config;
    private final Pool pool;

    private SchedulerBean(SchedulerConfig config, Pool pool) {
        this.config = config;
        this.pool = pool;
    }

    /** Registers a bean for a pool, under a name of its own, until the pool ends. */
    static void register(SchedulerConfig config, Pool pool) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        SchedulerBean bean = new SchedulerBean(config, pool);
        try {
            ObjectName name = bean.registerIn(server);
            Log.LOG.log(Level.DEBUG, "scheduler {0}: registered as {1}", config.name(), name);
            pool.instruments.atEnd(() -> unregister(server, name));
        } catch (JMException ex) {
            throw new IllegalStateException(
                    "scheduler " + config.name() + " cannot be registered for management", ex);
        }
    }

    private ObjectName registerIn(MBeanServer server) throws JMException {
        for (int number = 1; ; number++) {
            String unique = config.name() + (number == 1 ? "" : "-" + number);
            ObjectName name =
                    new ObjectName("dev.magpie:type=Scheduler,name=" + quotedIfNeeded(unique));
            try {
                Object unused = server.registerMBean(this, name);
                return name;
            } catch (InstanceAlreadyExistsException ex) {
                continue; // a namesake lives: take the next number
            }
        }
    }

    private static String quotedIfNeeded(String value) {
        boolean isPlain = value.chars().noneMatch(letter -> ",=:\"*?\n".indexOf(letter) >= 0);
        return isPlain ? value : ObjectName.quote(value);
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException ex) {
            Log.LOG.log(Level.DEBUG, "already unregistered: " + name, ex);
        }
    }

    private SchedulerStats stats() {
        return SchedulerStats.of(pool, config.workers());
    }

    private long[] each(ToLongFunction<WorkerStats> part) {
        SchedulerStats stats = stats();
        return Stream.concat(stats.workers().stream(), stats.spares().stream())
                .mapToLong(part)
                .toArray();
    }

    @Override
    public String getName() {
        return config.name();
    }

    @Override
    public String getDescription() {
        Scheduler scheduler = pool.scheduler();
        return scheduler == null ? config.toString() : scheduler.toString();
    }

    @Override
    public int getParallelism() {
        return config.workers();
    }

    @Override
    public int getThreads() {
        return stats().threads();
    }

    @Override
    public int getActiveWorkers() {
        return stats().activeWorkers();
    }

    @Override
    public int getWaitingWorkers() {
        return stats().waitingWorkers();
    }

    @Override
    public int getParkedWorkers() {
        return stats().parkedWorkers();
    }

    @Override
    public int getActiveSpares() {
        return stats().activeSpares();
    }

    @Override
    public int getWaitingSubmissions() {
        return stats().waitingSubmissions();
    }

    @Override
    public long getQueuedTasks() {
        return stats().queuedTasks();
    }

    @Override
    public long getSubmissions() {
        return stats().submissions();
    }

    @Override
    public long getRuns() {
        return stats().runs();
    }

    @Override
    public long getForks() {
        return stats().forks();
    }

    @Override
    public long getLocalPops() {
        return stats().localPops();
    }

    @Override
    public long getStealAttempts() {
        return stats().stealAttempts();
    }

    @Override
    public long getSteals() {
        return stats().steals();
    }

    @Override
    public long getHelps() {
        return stats().helps();
    }

    @Override
    public long getPublications() {
        return stats().publications();
    }

    @Override
    public long getParks() {
        return stats().parks();
    }

    @Override
    public long getWakeUps() {
        return stats().wakeUps();
    }

    @Override
    public long[] getWorkerRunNanos() {
        return each(WorkerStats::runNanos);
    }

    @Override
    public long[] getWorkerSearchNanos() {
        return each(WorkerStats::searchNanos);
    }

    @Override
    public long[] getWorkerParkNanos() {
        return each(WorkerStats::parkNanos);
    }

    @Override
    public int[] getWorkerQueuedTasks() {
        SchedulerStats stats = stats();
        return Stream.concat(stats.workers().stream(), stats.spares().stream())
                .mapToInt(WorkerStats::queuedTasks)
                .toArray();
    }
}
