package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A node of a list from which others may be unlinked at the same time: its link can be frozen. A
 * frozen link is a {@link Marker}, which holds the successor for ever.
 *
 * <p><b>Invariants.</b> M1: a link that is a marker never changes. M2: the first node of a list has
 * no marker.
 *
 * <p><b>Edges.</b> L10 of the package documentation.
 */
abstract class MarkableNode {

    private static final VarHandle NEXT;

    static {
        try {
            NEXT =
                    MethodHandles.lookup()
                            .findVarHandle(MarkableNode.class, "next", MarkableNode.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** The frozen link of a node that is, or will be, out of the list. */
    private static final class Marker extends MarkableNode {
        Marker(@Nullable MarkableNode successor) {
            super(successor);
        }
    }

    private volatile @Nullable MarkableNode next;

    MarkableNode(@Nullable MarkableNode next) {
        NEXT.set(this, next); // before publication
    }

    /** The link as it is: a node, a marker or null. */
    final @Nullable MarkableNode link() {
        return next; // L10
    }

    static boolean isMarker(@Nullable MarkableNode link) {
        return link instanceof Marker;
    }

    /** The node that a link leads to, frozen or not. */
    static @Nullable MarkableNode target(@Nullable MarkableNode link) {
        return link instanceof Marker ? ((MarkableNode) link).next : link;
    }

    final boolean casLink(@Nullable MarkableNode expected, @Nullable MarkableNode node) {
        return NEXT.compareAndSet(this, expected, node); // L10
    }

    /** Links a node that nobody else knows yet. */
    final void setLinkPlain(@Nullable MarkableNode node) {
        NEXT.set(this, node);
    }

    /** Freezes the link; returns whether it was this call that did. */
    final boolean freeze() {
        while (true) {
            MarkableNode link = next;
            if (link instanceof Marker) {
                return false;
            }
            if (casLink(link, new Marker(link))) {
                return true;
            }
        }
    }
}
