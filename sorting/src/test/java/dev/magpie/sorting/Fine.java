package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Sorts that are cut so finely that short arrays are sorted in parallel, and what they sort. */
final class Fine {

    static final long DEADLINE_SECONDS = 60;

    static final Grains GRAINS = new Grains(16, 4);

    /** Around each border: of blocks, leaves, pieces, and the number of pieces. */
    static final int[] SIZES = {
        0, 1, 2, 3, 15, 16, 17, 19, 20, 21, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 255, 257,
        511, 513, 999, 1024, 1025, 4099
    };

    private Fine() {}

    /** An element that tells equal ones apart. */
    record Item(int key, int place) {
        static final Comparator<Item> ORDER = Comparator.comparingInt(Item::key);
    }

    static Scheduler scheduler(int workers) {
        return Scheduler.builder().workers(workers).build();
    }

    static Setup setup(Scheduler scheduler) {
        return setup(scheduler, null);
    }

    static Setup setup(Scheduler scheduler, BooleanSupplier cancelled) {
        return new Setup(
                scheduler,
                new Workspace(),
                () -> new Control(cancelled, 0, null),
                GRAINS,
                (outer, longs) -> Arrays.sort(longs),
                false);
    }

    static ComparatorSorts sorts(Scheduler scheduler) {
        return new ComparatorSorts(setup(scheduler));
    }

    /** Items in random order, with so many keys. */
    static Item[] items(Random random, int size, int keys) {
        Item[] items = new Item[size];
        Arrays.setAll(items, i -> new Item(random.nextInt(keys), i));
        return items;
    }

    /** What is left when the items are in the order that they were made in: a permutation. */
    static Item[] byPlace(Item[] items) {
        Item[] copy = items.clone();
        Arrays.sort(copy, Comparator.comparingInt(Item::place));
        return copy;
    }
}
