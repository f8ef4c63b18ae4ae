package dev.remit.access;

import dev.remit.call.Digest;
import dev.remit.call.Tool;
import dev.remit.identity.Binding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * An enforcement point (PEP) that the operator trusts: it sends agents' calls itself, and asks here
 * first. Of its token only the hash is kept.
 *
 * @param upstreams those whose calls it makes; others do not exist for it
 */
public record Point(String name, Digest token, Set<String> upstreams) {
    public Point {
        if (!Binding.Vouched.isName(name)) {
            throw new IllegalArgumentException(
                    "a point's name is 1 to 32 of a-z, 0-9 and -, a letter first");
        }
        upstreams = Set.copyOf(upstreams);
    }

    /** What is kept of a token. */
    public static Digest hash(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8));
    }

    boolean has(Digest sent) {
        return MessageDigest.isEqual(sent.bytes(), token.bytes());
    }

    boolean reaches(Tool tool) {
        return upstreams.contains(tool.upstream());
    }

    /** What its word makes a caller. */
    Binding.Vouched word() {
        return new Binding.Vouched(name);
    }
}
