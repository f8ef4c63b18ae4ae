package dev.remit.gateway.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Text in an HTTP header, in the encoding that the protocol gives to what a header cannot hold. */
public final class HeaderText {
    private static final String START = "=?base64?";
    private static final String END = "?=";

    private HeaderText() {}

    /** The header's value for this text. */
    public static String encode(String text) {
        boolean plain = isPlain(text) && text.strip().equals(text) && !isEncoded(text);
        return plain
                ? text
                : START
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                        + END;
    }

    /** The text of a header's value; empty if it is not one that could have been encoded. */
    public static Optional<String> decode(String value) {
        if (!isEncoded(value)) {
            return isPlain(value) ? Optional.of(value) : Optional.empty();
        }
        String inner = value.substring(START.length(), value.length() - END.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(inner);
            if (!Base64.getEncoder().encodeToString(bytes).equals(inner)) {
                return Optional.empty(); // padding left out, or stray bits
            }
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isEncoded(String value) {
        return value.length() >= START.length() + END.length()
                && value.startsWith(START)
                && value.endsWith(END);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\t') {
                return false;
            }
        }
        return true;
    }
}
