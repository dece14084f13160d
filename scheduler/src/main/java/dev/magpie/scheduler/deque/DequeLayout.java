package dev.magpie.scheduler.deque;

/**
 * The memory layout of what owner and thieves share of a deque: who writes what, 128 bytes apart,
 * so that they never share a pair of cache lines by accident. Padding only, in the manner of {@link
 * OwnerLayout}; the logic is in {@link WorkStealingDeque}.
 */
final class DequeLayout {

    private DequeLayout() {}

    abstract static class FrontPad {
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
    }

    /** Written by the owner on publication, reclaim and growth; read by thieves. */
    abstract static class SharedFields extends FrontPad {
        /** The end of the public part: thieves may take what lies below. */
        long split;

        /** What thieves read elements from. */
        Buffer sharedBuffer = new Buffer(0, 0);

        /** Elements that the owner took by the compare-and-set of {@code top}. */
        long lastPops;
    }

    abstract static class SharedPad extends SharedFields {
        byte share000, share001, share002, share003, share004, share005, share006, share007;
        byte share008, share009, share010, share011, share012, share013, share014, share015;
        byte share016, share017, share018, share019, share020, share021, share022, share023;
        byte share024, share025, share026, share027, share028, share029, share030, share031;
        byte share032, share033, share034, share035, share036, share037, share038, share039;
        byte share040, share041, share042, share043, share044, share045, share046, share047;
        byte share048, share049, share050, share051, share052, share053, share054, share055;
        byte share056, share057, share058, share059, share060, share061, share062, share063;
        byte share064, share065, share066, share067, share068, share069, share070, share071;
        byte share072, share073, share074, share075, share076, share077, share078, share079;
        byte share080, share081, share082, share083, share084, share085, share086, share087;
        byte share088, share089, share090, share091, share092, share093, share094, share095;
        byte share096, share097, share098, share099, share100, share101, share102, share103;
        byte share104, share105, share106, share107, share108, share109, share110, share111;
        byte share112, share113, share114, share115, share116, share117, share118, share119;
        byte share120, share121, share122, share123, share124, share125, share126, share127;
    }

    /** Advanced by whoever takes the oldest public element. */
    abstract static class TopField extends SharedPad {
        long top;
    }

    abstract static class BackPad extends TopField {
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
    }
}
