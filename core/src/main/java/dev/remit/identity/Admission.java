package dev.remit.identity;

import dev.remit.call.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * By which passport or statement of an issuer an instance was enrolled that nobody registered, and
 * until when that counts.
 *
 * @param passport if this gateway issued it
 * @param list the status list (draft-ietf-oauth-status-list) that says whether it is revoked; or a
 *     name for the statement, if it was no passport
 * @param index its place in that list; or the second in which the statement was made
 */
public record Admission(
        InstanceId instance,
        String issuer,
        Optional<PassportId> passport,
        String list,
        long index,
        Instant expiresAt) {
    private static final String PREFIX = "ins_psp_";
    private static final String STATEMENT = "urn:remit:statement:";
    private static final byte[] DOMAIN = "remit/admitted/v1\0".getBytes(StandardCharsets.US_ASCII);

    /** Whether an instance of this name can only have been enrolled by a passport. */
    public static boolean names(InstanceId instance) {
        return instance.text().startsWith(PREFIX);
    }

    /**
     * By what an issuer said of a workload, and not by a passport.
     *
     * @param madeAt the second in which it was said
     */
    public static Admission byStatement(
            InstanceId instance,
            String issuer,
            Digest workload,
            Digest statement,
            long madeAt,
            Instant expiresAt) {
        return new Admission(
                instance,
                issuer,
                Optional.empty(),
                statementsOf(workload) + statement.base64Url(),
                madeAt,
                expiresAt);
    }

    /** What the names of all statements about this workload begin with. */
    public static String statementsOf(Digest workload) {
        return STATEMENT + workload.base64Url() + ":";
    }

    /** Whether no passport brought it, so that no status list says more. */
    public boolean isByStatement() {
        return list.startsWith(STATEMENT);
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
