package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.identity.Secret;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes the secrets an upstream was sent out of what it says: as they are, in base64 at any
 * alignment, in hex, and URL-encoded. It looks into one text at a time; pieces of a secret in
 * several texts are not put together.
 */
final class Mask {
    static final Mask NOTHING = new Mask(List.of());
    private static final String SHOWN = "***";

    private final List<String> forms;

    private Mask(List<String> forms) {
        this.forms = forms;
    }

    static Mask of(Collection<Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (Secret secret : secrets) {
            if (secret.reveal().length() >= Secret.SHORTEST) {
                addForms(forms, secret.reveal());
            }
        }
        List<String> longestFirst = new ArrayList<>(forms);
        longestFirst.sort((one, other) -> other.length() - one.length());
        return longestFirst.isEmpty() ? NOTHING : new Mask(longestFirst);
    }

    private static void addForms(Set<String> forms, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(secret);
        for (int shift = 0; shift < 3; shift++) {
            String inner = alignedBase64(bytes, shift);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String encoded : List.of(form, form.replace("+", "%20"), percents(hex))) {
            forms.add(encoded);
            forms.add(lowerPercents(encoded));
        }
    }

    /** The part of the base64 that is the same whatever stands before and after the secret. */
    private static String alignedBase64(byte[] bytes, int shift) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = shift == 0 ? 0 : shift + 1;
        return whole.substring(from, shifted.length * 8 / 6);
    }

    private static String percents(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            text.append('%').append(hex.substring(i, i + 2).toUpperCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String lowerPercents(String encoded) {
        StringBuilder text = new StringBuilder(encoded);
        for (int at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
            text.replace(at, at + 3, text.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** The text without the secrets; the very same text if there is none in it. */
    String text(String text) {
        String masked = text;
        for (String form : forms) {
            if (masked.contains(form)) {
                masked = masked.replace(form, SHOWN);
            }
        }
        return masked;
    }

    /** The message without the secrets; the very same message if there is none in it. */
    @SuppressWarnings("ReferenceEquality") // the same value means that nothing was found
    Value.Fields fields(Value.Fields fields) {
        if (forms.isEmpty()) {
            return fields;
        }
        boolean changed = false;
        Map<String, Value> kept = new LinkedHashMap<>();
        for (Map.Entry<String, Value> one : fields.values().entrySet()) {
            String name = text(one.getKey());
            Value value = value(one.getValue());
            changed |= !name.equals(one.getKey()) || value != one.getValue();
            kept.put(name, value);
        }
        return changed ? new Value.Fields(kept) : fields;
    }

    @SuppressWarnings("ReferenceEquality") // the same text means that nothing was found
    private Value value(Value value) {
        return switch (value) {
            case Value.Text(String text) -> {
                String masked = text(text);
                yield masked == text ? value : new Value.Text(masked);
            }
            case Value.Num(BigDecimal number) -> {
                String plain = number.precision() < Secret.SHORTEST ? "" : number.toPlainString();
                yield text(plain).equals(plain) ? value : new Value.Text(SHOWN);
            }
            case Value.Items(List<Value> items) -> {
                List<Value> kept = items.stream().map(this::value).toList();
                yield isSame(kept, items) ? value : new Value.Items(kept);
            }
            case Value.Fields fields -> fields(fields);
            case Value.Flag _, Value.Nothing _ -> value;
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same values mean that nothing was found
    private static boolean isSame(List<Value> kept, List<Value> items) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i) != items.get(i)) {
                return false;
            }
        }
        return true;
    }
}
