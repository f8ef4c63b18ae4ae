package dev.remit.cedar;

import java.util.Optional;

/**
 * An address or a range of addresses (Cedar: ipaddr). An IPv4 address stands in the low half; the
 * prefix says how many bits a range has in common, all of them for a single address.
 */
public record Ip(boolean six, long high, long low, int prefix) implements Value {
    private static final int LONGEST = "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789/128".length();

    /** {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}, {@code fd00::/8}; no IPv4 within IPv6. */
    public static Optional<Ip> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean six = address.indexOf(':') >= 0;
        Optional<Ip> single = six ? Groups.read(address) : four(address);
        return slash < 0 ? single : single.flatMap(one -> one.range(text.substring(slash + 1)));
    }

    private Optional<Ip> range(String bits) {
        boolean plain =
                Digits.are(bits, 0, bits.length())
                        && bits.length() <= 3
                        && (bits.length() == 1 || !bits.startsWith("0"));
        if (!plain) {
            return Optional.empty();
        }
        int wanted = Integer.parseInt(bits);
        return wanted > prefix ? Optional.empty() : Optional.of(new Ip(six, high, low, wanted));
    }

    private static Optional<Ip> four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long low = 0;
        for (String part : parts) {
            boolean plain =
                    Digits.are(part, 0, part.length())
                            && part.length() <= 3
                            && (part.length() == 1 || !part.startsWith("0"));
            if (!plain || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            low = (low << 8) | Integer.parseInt(part);
        }
        return Optional.of(new Ip(false, 0, low, 32));
    }

    boolean isLoopback() {
        return six ? high == 0 && low == 1 && prefix == 128 : low >>> 24 == 127 && prefix >= 8;
    }

    boolean isMulticast() {
        return six ? high >>> 56 == 0xff && prefix >= 8 : low >>> 28 == 0xe && prefix >= 4;
    }

    boolean isInRange(Ip range) {
        if (six != range.six || prefix < range.prefix) {
            return false;
        }
        int width = six ? 128 : 32;
        int free = width - range.prefix;
        return within(low ^ range.low, free) && within(high ^ range.high, free - 64);
    }

    /** Whether nothing but the lowest bits is set. */
    private static boolean within(long difference, int free) {
        if (free >= 64) {
            return true;
        }
        return free <= 0 ? difference == 0 : difference >>> free == 0;
    }

    @Override
    public String kind() {
        return "ipaddr";
    }

    /** The eight groups of an IPv6 address, with {@code ::} for one or more that are zero. */
    private static final class Groups {
        private final int[] groups = new int[8];

        static Optional<Ip> read(String text) {
            int gap = text.indexOf("::");
            Groups all = new Groups();
            if (gap < 0) {
                return all.fill(text, 0) == 8 ? Optional.of(all.address()) : Optional.empty();
            }
            String tail = text.substring(gap + 2);
            int before = all.fill(text.substring(0, gap), 0);
            int after = new Groups().fill(tail, 0);
            if (before < 0 || after < 0 || before + after > 7) {
                return Optional.empty();
            }
            all.fill(tail, 8 - after);
            return Optional.of(all.address());
        }

        /** How many groups the text has; -1 if it is none of groups. */
        private int fill(String text, int from) {
            if (text.isEmpty()) {
                return 0;
            }
            int at = from;
            for (String group : text.split(":", -1)) {
                if (at == 8 || group.isEmpty() || group.length() > 4 || !hexadecimal(group)) {
                    return -1;
                }
                groups[at++] = Integer.parseInt(group, 16);
            }
            return at - from;
        }

        private static boolean hexadecimal(String group) {
            return group.chars().allMatch(one -> one < 128 && Character.digit(one, 16) >= 0);
        }

        private Ip address() {
            return new Ip(true, half(0), half(4), 128);
        }

        private long half(int from) {
            long half = 0;
            for (int at = from; at < from + 4; at++) {
                half = (half << 16) | groups[at];
            }
            return half;
        }
    }
}
