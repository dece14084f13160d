package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Race;
import java.util.ArrayList;
import java.util.List;

/**
 * A problem of one size and who solves it, raced round by round.
 *
 * @param key short and unique in its benchmark
 * @param title what is computed, with its size
 * @param unit of the figures
 * @param unitNanos nanoseconds times units of work that make one of the unit
 * @param contenders who can, the reference first
 */
public record Case(
        String key, String title, String unit, double unitNanos, List<Contender> contenders)
        implements Measurable {

    private static final double MILLI = 1e6;

    /** A case that is measured as a whole, in milliseconds. */
    static Case whole(String title, List<Contender> contenders) {
        return new Case("", title, "ms", MILLI, contenders);
    }

    /** A case whose time is given for each of its parts. */
    static Case each(String title, String part, double parts, List<Contender> contenders) {
        return new Case("", title, "ns " + part, parts, contenders);
    }

    /** This case with a key. */
    Case called(String newKey) {
        return new Case(newKey, title, unit, unitNanos, contenders);
    }

    @Override
    public List<String> names() {
        return contenders.stream().map(Contender::name).toList();
    }

    /**
     * The contender of a name.
     *
     * @param name its name
     * @return the contender
     * @throws IllegalArgumentException if there is none, or not on this JDK
     */
    public Contender contender(String name) {
        for (Contender contender : contenders) {
            if (contender.name().equals(name)) {
                return contender;
            }
        }
        throw new IllegalArgumentException(
                "contender of " + title + " must be one of " + names() + ", was '" + name + "'");
    }

    @Override
    public Outcome measure(Setting setting) {
        List<Entrant> entrants = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                if (setting.includes(contender.name())) {
                    start(contender, setting, entrants);
                }
            }
            if (entrants.isEmpty()) {
                throw new IllegalArgumentException(
                        title + ": none of its contenders can, with widths " + setting.widths());
            }
            Race race = new Race(entrants.stream().map(Entrant::contestant).toList());
            race.run(setting.warmUpsOrDefault(), 0);
            int rounds = setting.roundsOrDefault(() -> roundNanos(race));
            return new RaceOutcome(this, entrants, race.run(0, rounds));
        } finally {
            entrants.forEach(entrant -> entrant.trial().close());
        }
    }

    /** The widest first: it gets the CPUs if pinning is asked for. Listed in ascending order. */
    private static void start(Contender contender, Setting setting, List<Entrant> entrants) {
        if (!contender.hasWidth()) {
            entrants.add(new Entrant(contender, 0, contender.start(0, setting.pinning())));
            return;
        }
        int first = entrants.size();
        for (int width : setting.widestFirst()) {
            if (width >= contender.leastWidth()) {
                Trial trial = contender.start(width, setting.pinning());
                entrants.add(first, new Entrant(contender, width, trial));
            }
        }
    }

    private static long roundNanos(Race race) {
        long start = System.nanoTime();
        race.run(1, 0);
        return System.nanoTime() - start;
    }
}
