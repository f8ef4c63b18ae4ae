package dev.remit.approval;

import dev.remit.call.Digest;
import dev.remit.call.IdForm;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import java.nio.charset.StandardCharsets;

/**
 * Names a question by what it is about: the same call, by the same key, under the same mandate, is
 * the same question, so that a person is asked once and the agent has but to repeat the call.
 */
public record QuestionId(String text) {
    public static final String PREFIX = "qst_";
    private static final byte[] DOMAIN = "remit/question/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONG_ENOUGH = 32; // hex digits, 128 bits

    public QuestionId {
        IdForm.check(PREFIX, text);
    }

    /**
     * The question about an action.
     *
     * @param action {@link dev.remit.call.Call#action()}
     */
    public static QuestionId about(MandateId mandate, InstanceId instance, Digest action) {
        byte[] names = (mandate + "\0" + instance + "\0").getBytes(StandardCharsets.UTF_8);
        return new QuestionId(
                PREFIX + Digest.of(DOMAIN, names, action.bytes()).hex().substring(0, LONG_ENOUGH));
    }

    @Override
    public String toString() {
        return text;
    }
}
