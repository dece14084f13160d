package dev.magpie.benchmarks.harness;

import dev.magpie.scheduler.Pinning;
import java.util.Arrays;
import java.util.List;

/** Who competes. */
public enum Framework {
    MAGPIE {
        @Override
        public Engine start(int workers, Pinning pinning) {
            return new MagpieEngine(workers, pinning);
        }
    },
    FORKJOIN {
        @Override
        public Engine start(int workers, Pinning pinning) {
            return new ForkJoinEngine(workers);
        }
    },
    CHASELEV {
        @Override
        public Engine start(int workers, Pinning pinning) {
            return new ChaseLevEngine(workers);
        }
    },
    SEQUENTIAL {
        @Override
        public Engine start(int workers, Pinning pinning) {
            return new SequentialEngine();
        }
    };

    /**
     * Starts this framework's pool.
     *
     * @param workers its width
     * @param pinning asked of Magpie; the others do not pin
     * @return a running engine
     */
    public abstract Engine start(int workers, Pinning pinning);

    /**
     * Parses names.
     *
     * @param text such as {@code magpie,forkjoin}
     * @return the frameworks in that order
     */
    public static List<Framework> parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(Framework::named).toList();
    }

    private static Framework named(String text) {
        for (Framework framework : values()) {
            if (framework.name().equalsIgnoreCase(text.trim())) {
                return framework;
            }
        }
        throw new IllegalArgumentException(
                "framework must be one of magpie, forkjoin, chaselev, sequential, was '"
                        + text
                        + "'");
    }
}
