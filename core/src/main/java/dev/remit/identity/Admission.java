package dev.remit.identity;

import dev.remit.call.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * By which passport an instance was enrolled that nobody registered; it is good for as long as the
 * passport is.
 *
 * @param passport if this gateway issued it
 * @param list the status list (draft-ietf-oauth-status-list) that says whether it is revoked
 * @param index its place in that list
 */
public record Admission(
        InstanceId instance,
        String issuer,
        Optional<PassportId> passport,
        String list,
        long index,
        Instant expiresAt) {
    private static final String PREFIX = "ins_psp_";
    private static final byte[] DOMAIN = "remit/admitted/v1\0".getBytes(StandardCharsets.US_ASCII);

    /** Whether an instance of this name can only have been enrolled by a passport. */
    public static boolean names(InstanceId instance) {
        return instance.text().startsWith(PREFIX);
    }

    /** The one instance that this agent can have with this key, whatever passports it shows. */
    public static InstanceId instance(AgentId agent, Digest key) {
        byte[] name = agent.text().getBytes(StandardCharsets.US_ASCII);
        return new InstanceId(PREFIX + Digest.of(DOMAIN, key.bytes(), name).base64Url());
    }

    /** The one agent that this subject of a foreign issuer is here. */
    public static AgentId agent(String issuer, String subject) {
        byte[] first = issuer.getBytes(StandardCharsets.UTF_8);
        Digest whole =
                Digest.of(
                        DOMAIN, Digest.of(first).bytes(), subject.getBytes(StandardCharsets.UTF_8));
        return new AgentId("agt_psp_" + whole.base64Url());
    }
}
