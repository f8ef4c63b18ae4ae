package dev.remit.http.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are on the public network (IANA's special-purpose registries, RFC 6890). What is
 * not known to be public is not.
 */
final class Addresses {
    private static final List<Block> NOT_PUBLIC =
            List.of(
                    new Block("0.0.0.0", 8),
                    new Block("10.0.0.0", 8),
                    new Block("100.64.0.0", 10),
                    new Block("127.0.0.0", 8),
                    new Block("168.63.129.16", 32), // a cloud's metadata, in a public block
                    new Block("169.254.0.0", 16),
                    new Block("172.16.0.0", 12),
                    new Block("192.0.0.0", 24),
                    new Block("192.0.2.0", 24),
                    new Block("192.31.196.0", 24),
                    new Block("192.52.193.0", 24),
                    new Block("192.88.99.0", 24),
                    new Block("192.168.0.0", 16),
                    new Block("192.175.48.0", 24),
                    new Block("198.18.0.0", 15),
                    new Block("198.51.100.0", 24),
                    new Block("203.0.113.0", 24),
                    new Block("224.0.0.0", 3));

    private static final Block PUBLIC_V6 = new Block("2000::", 3);

    /** Of that: protocol assignments and tunnels, which carry an IPv4 address inside. */
    private static final List<Block> NOT_PUBLIC_V6 =
            List.of(
                    new Block("2001::", 23),
                    new Block("2001:db8::", 32),
                    new Block("2002::", 16),
                    new Block("3fff::", 20));

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC.stream().noneMatch(block -> block.holds(address));
        }
        return PUBLIC_V6.holds(address)
                && NOT_PUBLIC_V6.stream().noneMatch(block -> block.holds(address))
                && !isTunnelled(address.getAddress());
    }

    /** ISATAP (RFC 5214): an IPv4 address in the last four bytes. */
    private static boolean isTunnelled(byte[] address) {
        return (address[8] & 0xfd) == 0
                && address[9] == 0
                && address[10] == 0x5e
                && (address[11] & 0xff) == 0xfe;
    }

    /** Addresses that begin with the same bits. */
    private static final class Block {
        private final byte[] start;
        private final int bits;

        Block(String start, int bits) {
            this.start = InetAddress.ofLiteral(start).getAddress();
            this.bits = bits;
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
