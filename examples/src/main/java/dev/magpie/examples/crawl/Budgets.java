package dev.magpie.examples.crawl;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The budgets of all hosts by origin. Thread-safe. */
final class Budgets {

    private final TrapLimits limits;
    private final ConcurrentMap<String, HostBudget> budgets = new ConcurrentHashMap<>();

    Budgets(TrapLimits limits) {
        this.limits = limits;
    }

    HostBudget of(String origin) {
        HostBudget known = budgets.get(origin);
        return known != null
                ? known
                : budgets.computeIfAbsent(origin, key -> new HostBudget(limits));
    }

    Collection<String> origins() {
        return budgets.keySet();
    }
}
