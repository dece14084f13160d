package dev.magpie.sorting;

import java.util.Arrays;

/** Brings values into a form that sorts treat in a way of its own. Stateless. */
enum Shape {
    AS_IT_IS,
    ASCENDING,
    DESCENDING,
    EQUAL,
    FEW_DISTINCT,
    NEIGHBOURS,
    SAW,
    ORGAN_PIPE,
    RUNS,
    ALMOST_ASCENDING,
    APPENDED_TAIL;

    /** Values that are all among the given ones, or close to them. */
    long[] shape(long[] values) {
        int size = values.length;
        long[] shaped = values.clone();
        if (size < 2) {
            return shaped;
        }
        int some = 1 + (int) Math.floorMod(values[0], (long) size);
        switch (this) {
            case AS_IT_IS:
                break;
            case ASCENDING:
                Arrays.sort(shaped);
                break;
            case DESCENDING:
                Arrays.sort(shaped);
                mirror(shaped, 0, size);
                break;
            case EQUAL:
                Arrays.fill(shaped, values[0]);
                break;
            case FEW_DISTINCT:
                Arrays.setAll(shaped, i -> values[(int) Math.floorMod(values[i], 3L) % size]);
                break;
            case NEIGHBOURS:
                long least = Arrays.stream(values).min().orElseThrow();
                Arrays.setAll(shaped, i -> least + Math.floorMod(values[i], 100L));
                break;
            case SAW:
                Arrays.sort(shaped, 0, some);
                for (int i = some; i < size; i++) {
                    shaped[i] = shaped[i - some];
                }
                break;
            case ORGAN_PIPE:
                Arrays.sort(shaped);
                mirror(shaped, size / 2, size);
                break;
            case RUNS:
                for (int from = 0; from < size; from += some) {
                    int to = Math.min(size, from + some);
                    Arrays.sort(shaped, from, to);
                    if (from / some % 2 == 1) {
                        mirror(shaped, from, to);
                    }
                }
                break;
            case ALMOST_ASCENDING:
                Arrays.sort(shaped);
                shaped[some - 1] = values[size - 1];
                break;
            case APPENDED_TAIL:
                Arrays.sort(shaped, 0, some);
                break;
        }
        return shaped;
    }

    private static void mirror(long[] values, int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            long value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
