package dev.magpie.scheduler.deque;

import org.jspecify.annotations.Nullable;

/**
 * The memory layout of a deque's owner: what it writes itself, and what thieves write for it to
 * read, 128 bytes apart from each other and from all else in its thread object. Padding only; the
 * logic is in {@link DequeOwner}.
 *
 * <p>Byte fields, since HotSpot fills alignment gaps of a superclass with fields of its subclasses;
 * a layer of bytes leaves no gap.
 */
final class OwnerLayout {

    private OwnerLayout() {}

    abstract static class FrontPad extends Thread {
        byte front000, front001, front002, front003, front004, front005, front006, front007;
        byte front008, front009, front010, front011, front012, front013, front014, front015;
        byte front016, front017, front018, front019, front020, front021, front022, front023;
        byte front024, front025, front026, front027, front028, front029, front030, front031;
        byte front032, front033, front034, front035, front036, front037, front038, front039;
        byte front040, front041, front042, front043, front044, front045, front046, front047;
        byte front048, front049, front050, front051, front052, front053, front054, front055;
        byte front056, front057, front058, front059, front060, front061, front062, front063;
        byte front064, front065, front066, front067, front068, front069, front070, front071;
        byte front072, front073, front074, front075, front076, front077, front078, front079;
        byte front080, front081, front082, front083, front084, front085, front086, front087;
        byte front088, front089, front090, front091, front092, front093, front094, front095;
        byte front096, front097, front098, front099, front100, front101, front102, front103;
        byte front104, front105, front106, front107, front108, front109, front110, front111;
        byte front112, front113, front114, front115, front116, front117, front118, front119;
        byte front120, front121, front122, front123, front124, front125, front126, front127;

        FrontPad(String name, long stackSize) {
            super(null, null, name, stackSize, false);
        }
    }

    /** Read and written by the owner alone, with plain accesses. */
    abstract static class OwnerFields extends FrontPad {
        /**
         * Two numbers that one addition moves: below, the slot that the next push writes; above,
         * the pushes since the buffer was last renewed by their number.
         */
        long cursor;

        /** Pushes counted before those in the cursor. */
        long earlierPushes;

        /** The index of slot 0; the owner's copy of the buffer's. */
        long base;

        /** The owner's copy of the buffer's slots. */
        @Nullable Object[] ownSlots = new Object[0];

        /** The owner's copy of {@code split}, as a slot. */
        int ownSplit;

        /** How many publications are left of the eager phase. */
        int eagerLeft;

        /** From so many counted pushes on the buffer is worn. */
        long wornAt;

        OwnerFields(String name, long stackSize) {
            super(name, stackSize);
        }
    }

    abstract static class OwnerPad extends OwnerFields {
        byte owner000, owner001, owner002, owner003, owner004, owner005, owner006, owner007;
        byte owner008, owner009, owner010, owner011, owner012, owner013, owner014, owner015;
        byte owner016, owner017, owner018, owner019, owner020, owner021, owner022, owner023;
        byte owner024, owner025, owner026, owner027, owner028, owner029, owner030, owner031;
        byte owner032, owner033, owner034, owner035, owner036, owner037, owner038, owner039;
        byte owner040, owner041, owner042, owner043, owner044, owner045, owner046, owner047;
        byte owner048, owner049, owner050, owner051, owner052, owner053, owner054, owner055;
        byte owner056, owner057, owner058, owner059, owner060, owner061, owner062, owner063;
        byte owner064, owner065, owner066, owner067, owner068, owner069, owner070, owner071;
        byte owner072, owner073, owner074, owner075, owner076, owner077, owner078, owner079;
        byte owner080, owner081, owner082, owner083, owner084, owner085, owner086, owner087;
        byte owner088, owner089, owner090, owner091, owner092, owner093, owner094, owner095;
        byte owner096, owner097, owner098, owner099, owner100, owner101, owner102, owner103;
        byte owner104, owner105, owner106, owner107, owner108, owner109, owner110, owner111;
        byte owner112, owner113, owner114, owner115, owner116, owner117, owner118, owner119;
        byte owner120, owner121, owner122, owner123, owner124, owner125, owner126, owner127;

        OwnerPad(String name, long stackSize) {
            super(name, stackSize);
        }
    }

    /**
     * What the owner compares with at each push and each pop: its own bounds, or the values that
     * thieves put in their place to be heard. So demand costs the owner no look of its own.
     */
    abstract static class BoundFields extends OwnerPad {
        /** In place of {@code pushBound}: no push is fast. */
        static final long PUSH_DEMAND = Long.MIN_VALUE;

        /** In place of {@code popBound}: no pop is fast. */
        static final int POP_DEMAND = Integer.MAX_VALUE;

        /** A push is fast while the cursor is below: while not too many pushes were counted. */
        long pushBound = PUSH_DEMAND;

        /** A pop is fast from this slot on: at least {@code ownSplit}. */
        int popBound = POP_DEMAND;

        BoundFields(String name, long stackSize) {
            super(name, stackSize);
        }
    }

    abstract static class BackPad extends BoundFields {
        byte after000, after001, after002, after003, after004, after005, after006, after007;
        byte after008, after009, after010, after011, after012, after013, after014, after015;
        byte after016, after017, after018, after019, after020, after021, after022, after023;
        byte after024, after025, after026, after027, after028, after029, after030, after031;
        byte after032, after033, after034, after035, after036, after037, after038, after039;
        byte after040, after041, after042, after043, after044, after045, after046, after047;
        byte after048, after049, after050, after051, after052, after053, after054, after055;
        byte after056, after057, after058, after059, after060, after061, after062, after063;
        byte after064, after065, after066, after067, after068, after069, after070, after071;
        byte after072, after073, after074, after075, after076, after077, after078, after079;
        byte after080, after081, after082, after083, after084, after085, after086, after087;
        byte after088, after089, after090, after091, after092, after093, after094, after095;
        byte after096, after097, after098, after099, after100, after101, after102, after103;
        byte after104, after105, after106, after107, after108, after109, after110, after111;
        byte after112, after113, after114, after115, after116, after117, after118, after119;
        byte after120, after121, after122, after123, after124, after125, after126, after127;

        BackPad(String name, long stackSize) {
            super(name, stackSize);
        }
    }
}
