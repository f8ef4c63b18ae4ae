package dev.remit.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Revision;
import dev.remit.testkit.AttackCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What of a hostile list of tools is offered. */
@NullMarked
class CatalogueTest {
    private final Set<String> complained = new HashSet<>();

    private Set<String> offered(List<String> names) {
        List<Value> listed = new ArrayList<>();
        names.forEach(name -> listed.add(Value.object().put("name", name).build()));
        Greeting greeting = new Greeting(Revision.V2025_11_25, Value.Fields.EMPTY);
        return Catalogue.of("up", greeting, listed, Instant.EPOCH, complained).tools().keySet();
    }

    @Test
    @AttackCase("TOOL-007")
    void ofNamesThatLookAlikeTheFirstIsOffered() {
        assertThat(
                        offered(
                                List.of(
                                        "send_mail",
                                        "Send_Mail",
                                        "send_mai1",
                                        "send_maIl",
                                        "send_m\u0430il",
                                        "send_mail ",
                                        "send_mail\u200b",
                                        "\u202esend_mail",
                                        "send_mail2")))
                .containsExactly("send_mail", "send_mail2");
    }

    @Test
    @AttackCase("TOOL-008")
    void whatIsTooLongOrTooManyIsLeftOutAndTheRestIsNot() {
        assertThat(offered(List.of("x".repeat(1 << 20), "", "a b", "a\nb", "a\"b", "good")))
                .containsExactly("good");
        assertThat(complained).allMatch(name -> name.length() <= 100);
        List<String> many = new ArrayList<>();
        IntStream.range(0, 50_000).forEach(i -> many.add("t" + Integer.toString(i, 5)));
        assertThat(offered(many)).hasSizeBetween(1, 10_000).contains("t2");
        assertThat(complained).hasSizeLessThanOrEqualTo(100);
    }
}
