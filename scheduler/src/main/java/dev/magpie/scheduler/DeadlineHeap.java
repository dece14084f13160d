package dev.magpie.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delayed tasks by deadline, the earliest first: a binary heap whose entries know their place, so
 * that any of them is removed in logarithmic time.
 *
 * <p>Not thread-safe: {@link DelayTimer} guards it. Holds no task that was removed, and gives back
 * the memory of a burst.
 */
final class DeadlineHeap {

    private static final int MIN_CAPACITY = 16;

    private @Nullable DelayedTask<?>[] slots = new DelayedTask<?>[MIN_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The task whose deadline comes first; null if there is none. */
    @Nullable DelayedTask<?> first() {
        return slots[0];
    }

    /** Adds a task that is in no heap. */
    void add(DelayedTask<?> task) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size << 1);
        }
        siftUp(size++, task);
    }

    /** Removes a task; returns false if it is not here. */
    boolean remove(DelayedTask<?> task) {
        int hole = task.heapIndex;
        if (hole == DelayedTask.IN_NO_HEAP) {
            return false;
        }
        task.heapIndex = DelayedTask.IN_NO_HEAP;
        DelayedTask<?> last = at(--size);
        slots[size] = null;
        if (last != task) {
            siftDown(hole, last);
            if (last.heapIndex == hole) {
                siftUp(hole, last);
            }
        }
        shrink();
        return true;
    }

    /** Removes all tasks. The earliest comes first. */
    List<DelayedTask<?>> drain() {
        List<DelayedTask<?>> drained = new ArrayList<>(size);
        for (DelayedTask<?> task = first(); task != null; task = first()) {
            remove(task);
            drained.add(task);
        }
        return drained;
    }

    /** The periodic tasks, in no order. */
    List<DelayedTask<?>> periodic() {
        List<DelayedTask<?>> found = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (at(i).isPeriodic()) {
                found.add(at(i));
            }
        }
        return found;
    }

    private void siftUp(int start, DelayedTask<?> task) {
        int hole = start;
        while (hole > 0) {
            int parent = hole - 1 >>> 1;
            if (at(parent).isDueBefore(task)) {
                break;
            }
            place(hole, at(parent));
            hole = parent;
        }
        place(hole, task);
    }

    private void siftDown(int start, DelayedTask<?> task) {
        int hole = start;
        int child = 2 * hole + 1;
        while (child < size) {
            if (child + 1 < size && at(child + 1).isDueBefore(at(child))) {
                child++;
            }
            if (task.isDueBefore(at(child))) {
                break;
            }
            place(hole, at(child));
            hole = child;
            child = 2 * hole + 1;
        }
        place(hole, task);
    }

    private void place(int slot, DelayedTask<?> task) {
        slots[slot] = task;
        task.heapIndex = slot;
    }

    @SuppressWarnings("NullAway") // slots below size are filled
    private DelayedTask<?> at(int slot) {
        return slots[slot];
    }

    private void shrink() {
        if (size < slots.length >>> 2 && slots.length > MIN_CAPACITY) {
            slots = Arrays.copyOf(slots, slots.length >>> 1);
        }
    }
}
