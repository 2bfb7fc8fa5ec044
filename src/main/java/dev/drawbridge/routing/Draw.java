package dev.drawbridge.routing;

import java.util.random.RandomGenerator;

/** Numbers over 0, up to 1, that decide between targets: by chance, or always alike for the calls of one key. */
sealed interface Draw {

    /** The number for a thing of two names. */
    double of(String name, String more);

    /** Thrown anew for each. */
    record Dice(RandomGenerator random) implements Draw {
        @Override
        public double of(String name, String more) {
            return 1 - random.nextDouble();
        }
    }

    /** The same at all times and on all nodes: nothing needs to be remembered or shared. */
    record Key(long hash) implements Draw {
        private static final double UNIT = 0x1.0p-53;

        Key(String key) {
            this(mixed(spread(0xcbf29ce484222325L, key)));
        }

        @Override
        public double of(String name, String more) {
            long thing = spread(spread(0xcbf29ce484222325L, name) * 31, more);
            return ((mixed(hash ^ mixed(thing)) >>> 11) + 1) * UNIT;
        }

        /** FNV-1a, see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">its authors' page</a>. */
        private static long spread(long start, String text) {
            long hash = start;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }

        /** The end of SplitMix64: FNV's upper bits alone are too much alike. */
        private static long mixed(long hash) {
            long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            return mixed ^ (mixed >>> 31);
        }
    }
}
