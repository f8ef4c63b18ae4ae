package dev.remit.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class MaskTest {
    private static final String SECRET = "s3cr3t/+value=&ß";
    private static final Mask MASK = Mask.of(List.of(new Secret(SECRET)));

    @TestFactory
    Stream<DynamicTest> everyFormOfASecretIsTakenOut() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return Stream.of(
                        SECRET,
                        "Bearer " + SECRET,
                        hex,
                        hex.toUpperCase(Locale.ROOT),
                        form,
                        form.toLowerCase(Locale.ROOT),
                        base64("" + SECRET),
                        base64("a" + SECRET + "x"),
                        base64("ab" + SECRET + "xy"),
                        base64("Basic user:" + SECRET + "xyz"),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        Base64.getUrlEncoder()
                                .encodeToString(("q" + SECRET).getBytes(StandardCharsets.UTF_8)))
                .map(
                        text ->
                                DynamicTest.dynamicTest(
                                        "CRED-008 " + text,
                                        () ->
                                                assertThat(MASK.text("before " + text + " after"))
                                                        .contains("before ", "***")
                                                        .endsWith(" after")
                                                        .doesNotContain(SECRET)
                                                        .isNotEqualTo(
                                                                "before " + text + " after")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSecretIsFoundInNamesNumbersAndDepth() {
        Mask mask = Mask.of(List.of(new Secret("1234567890")));
        Value.Fields deep =
                Value.object()
                        .put("name 1234567890", 1)
                        .put("number", 1234567890L)
                        .put("list", new Value.Items(List.of(Value.of("x1234567890x"))))
                        .build();
        assertThat(mask.fields(deep).json())
                .isEqualTo("{\"name ***\":1,\"number\":\"***\",\"list\":[\"x***x\"]}");
    }

    @Test
    void whatHoldsNoSecretIsTheVerySameObject() {
        Value.Fields harmless =
                Value.object()
                        .put("text", "secret value")
                        .put("n", 12345678901L)
                        .put("list", Value.ofTexts(List.of("a", "b")))
                        .build();
        assertThat(MASK.fields(harmless)).isSameAs(harmless);
        assertThat(Mask.of(List.of(new Secret("short")))).isSameAs(Mask.NOTHING);
    }
}
