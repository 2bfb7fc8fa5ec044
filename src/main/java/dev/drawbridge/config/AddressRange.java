package dev.drawbridge.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Addresses with the same beginning, in CIDR notation such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a single
 * address is a range of one. A text that is neither holds no address.
 */
public final class AddressRange {
    private static final Pattern RANGE = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final byte[] NONE = {};

    private final String text;
    private final byte[] start;
    private final int bits;

    public AddressRange(String text) {
        this.text = text;
        var parts = RANGE.matcher(text);
        byte[] address = parts.matches() ? bytes(parts.group(1)) : NONE;
        String length = parts.matches() ? parts.group(2) : null;
        this.bits = length == null ? address.length * 8 : Integer.parseInt(length);
        this.start = bits <= address.length * 8 ? address : NONE;
    }

    /** Whether the text is a range. */
    public boolean isValid() {
        return start.length > 0;
    }

    /** Whether the address is one of them; what is no address is not. */
    public boolean contains(String address) {
        byte[] other = bytes(address);
        if (!isValid() || other.length != start.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            if (((other[bit / 8] ^ start[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first bits of an address, the same however it is written; of what is no address, the text itself. */
    public static String network(String address, int bits) {
        byte[] all = bytes(address);
        return all.length == 0 ? address : HexFormat.of().formatHex(all, 0, Math.min(all.length, bits / 8));
    }

    /** The bytes of an address, none if it is no address; names are never looked up. IPv4 in IPv6 is IPv4. */
    private static byte[] bytes(String address) {
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return NONE;
        }
        try {
            return InetAddress.getByName(bare).getAddress();
        } catch (UnknownHostException e) {
            return NONE;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && bits == range.bits && Arrays.equals(start, range.start);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(start) * 31 + bits;
    }

    @Override
    public String toString() {
        return text;
    }
}
