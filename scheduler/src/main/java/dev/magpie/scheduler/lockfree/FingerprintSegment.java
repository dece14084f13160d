package dev.magpie.scheduler.lockfree;

import dev.magpie.scheduler.lockfree.FingerprintTable.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link FingerprintSet} that grows by itself: a chain of tables, nearly always of one.
 *
 * <p><b>Invariants.</b> S1: whatever was added lies in {@code root} or in a table after it. S2:
 * {@code count} is the number of adds that returned true, and of those about to.
 *
 * <p><b>Edges.</b> L3 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code contains} is wait-free while no table is added to the
 * chain.
 */
final class FingerprintSegment {

    private static final VarHandle ROOT;
    private static final VarHandle COUNT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ROOT = lookup.findVarHandle(FingerprintSegment.class, "root", FingerprintTable.class);
            COUNT = lookup.findVarHandle(FingerprintSegment.class, "count", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile FingerprintTable root;
    private volatile long count;

    FingerprintSegment(int capacity, long seed) {
        root = new FingerprintTable(capacity, seed);
    }

    boolean add(long fingerprint) {
        FingerprintTable table = root;
        FingerprintMigration migration = table.migration();
        if (migration != null && migration.help()) {
            ROOT.compareAndSet(this, table, migration.target()); // L3; or somebody else did
            table = migration.target();
        }
        while (true) {
            table.growIfFull(count);
            Outcome outcome = table.add(fingerprint);
            if (outcome != Outcome.ELSEWHERE) {
                return outcome == Outcome.ADDED && counted();
            }
            table = table.grow().target();
        }
    }

    private boolean counted() {
        long unused = (long) COUNT.getAndAdd(this, 1L);
        return true;
    }

    boolean contains(long fingerprint) {
        FingerprintTable table = root;
        while (true) {
            Outcome outcome = table.find(fingerprint);
            if (outcome != Outcome.ELSEWHERE) {
                return outcome == Outcome.PRESENT;
            }
            FingerprintMigration migration = table.migration();
            if (migration == null) { // not so: a closed slot implies a migration
                return false;
            }
            table = migration.target();
        }
    }

    long count() {
        return count;
    }

    /** Each fingerprint that was there at the call, once. */
    void forEach(LongConsumer action) {
        List<FingerprintTable> seen = new ArrayList<>(1);
        for (@Nullable FingerprintTable table = root; table != null; table = after(table)) {
            if (seen.isEmpty()) {
                table.forEach(action);
            } else {
                table.forEach(
                        fingerprint -> {
                            if (!isInOneOf(seen, fingerprint)) { // else a copy
                                action.accept(fingerprint);
                            }
                        });
            }
            seen.add(table);
        }
    }

    private static boolean isInOneOf(List<FingerprintTable> tables, long fingerprint) {
        for (FingerprintTable table : tables) {
            if (table.find(fingerprint) == Outcome.PRESENT) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable FingerprintTable after(FingerprintTable table) {
        FingerprintMigration migration = table.migration();
        return migration == null ? null : migration.target();
    }

    long bytes() {
        long bytes = 0;
        for (@Nullable FingerprintTable table = root; table != null; table = after(table)) {
            FingerprintMigration migration = table.migration();
            bytes += table.bytes() + (migration == null ? 0 : migration.bytes());
        }
        return bytes;
    }
}
