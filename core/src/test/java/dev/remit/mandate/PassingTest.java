package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Handover;
import dev.remit.identity.MandateId;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a holder signs is what the gateway will take; what it would refuse is not signed. */
final class PassingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final Instant FROM = Instant.parse("2026-11-23T10:00:00Z");
    private static final Handover.Holder ROOT =
            new Handover.Holder("ins_root", "https://gate.example", new MandateId("mdt_1"));
    private static final Share MANDATE =
            new Share(
                    List.of(
                            new Permission(
                                    "docs", new Glob("docs.*"), Map.of(), OptionalLong.empty()),
                            new Permission(
                                    "read",
                                    new Glob("docs.read"),
                                    Map.of(),
                                    OptionalLong.empty())));

    private final DpopSigner root = signer();
    private final DpopSigner child = signer();
    private final DpopSigner grandchild = signer();

    private static DpopSigner signer() {
        try {
            return new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private DelegationStep first(Passing what) {
        return what.first(ROOT, child.publicKey(), "j1", NOW);
    }

    private DelegationStep after(Passing before, Passing what) {
        return after(before, what, NOW);
    }

    private DelegationStep after(Passing before, Passing what, Instant now) {
        DelegationChain chain = DelegationChain.read(root.delegation(first(before))).orElseThrow();
        return what.after(chain, grandchild.publicKey(), "j2", now);
    }

    private void refused(Passing what, String why) {
        assertThatThrownBy(() -> first(what))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private void refused(Passing before, Passing what, String why) {
        assertThatThrownBy(() -> after(before, what))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Passing all() {
        return Passing.of("docs.*").knowing(MANDATE);
    }

    private static Value.Fields part(String tool) {
        return Value.object().put("tool", tool).build();
    }

    private static List<String> names(DelegationStep step) {
        return ChainRules.share(step).orElseThrow().parts().stream().map(Permission::name).toList();
    }

    @Test
    void aStepSaysAllThatTheGatewayAsksFor() {
        DelegationStep one = first(all().further(2).uses(9));
        assertThat(one.issuer()).isEqualTo("ins_root");
        assertThat(one.issuedAt()).isEqualTo(FROM);
        assertThat(one.expiresAt()).isEqualTo(FROM.plus(Duration.ofHours(1)));
        assertThat(one.parent()).isEmpty();
        DelegationStep two = after(all().further(2).uses(9), Passing.of("docs.read"));
        assertThat(two.issuer()).isEqualTo(child.publicKey().thumbprint().base64Url());
        assertThat(two.mandate()).isEqualTo(one.mandate());
        assertThat(two.parent())
                .contains(
                        DelegationChain.read(root.delegation(first(all().further(2).uses(9))))
                                .orElseThrow()
                                .last()
                                .digest());
        assertThat(two.uses()).as("no more than before").hasValue(9);
        assertThat(two.depth()).isZero();
    }

    @Test
    void itIsGoodForAtLeastOneCallAndNoMoreThanBefore() {
        refused(all().uses(0), "at least one call");
        assertThat(first(all().uses(1)).uses()).hasValue(1);
        Passing three = all().further(1).uses(3);
        refused(three, Passing.of("docs.read").uses(4), "good for 3 calls");
        refused(three, Passing.of("docs.read").uses(0), "at least one");
        refused(all().further(1), Passing.of("docs.read").uses(0), "at least one");
        assertThat(after(three, Passing.of("docs.read").uses(3)).uses()).hasValue(3);
        assertThat(after(all().further(1), Passing.of("docs.read").uses(7)).uses()).hasValue(7);
    }

    @Test
    void itIsPassedOnLessOftenEachTime() {
        refused(all().further(-1), "too deep");
        refused(all().further(DelegationStep.MOST_DEPTH + 1), "too deep");
        assertThat(first(all().further(DelegationStep.MOST_DEPTH)).depth())
                .isEqualTo(DelegationStep.MOST_DEPTH);
        refused(all(), Passing.of("docs.read"), "not to be passed on");
        refused(all().further(2), Passing.of("docs.read").further(2), "at most 1 times");
        refused(all().further(2), Passing.of("docs.read").further(-1), "too deep");
        assertThat(after(all().further(2), Passing.of("docs.read").further(1)).depth())
                .isEqualTo(1);
    }

    @Test
    void itEndsInTimeAndWithWhatItIsAPartOf() {
        Instant latest = FROM.plus(DelegationStep.LONGEST);
        refused(all().until(latest.plusSeconds(1)), "it must end");
        refused(all().until(FROM.plusMillis(999)), "it must end");
        assertThat(first(all().until(latest)).expiresAt()).isEqualTo(latest);
        assertThat(first(all().until(FROM.plusSeconds(1))).expiresAt())
                .isEqualTo(FROM.plusSeconds(1));
        Instant soon = FROM.plusSeconds(60);
        Passing brief = all().further(1).until(soon);
        refused(brief, Passing.of("docs.read").until(soon.plusSeconds(1)), "it must end");
        assertThat(after(brief, Passing.of("docs.read")).expiresAt()).isEqualTo(soon);
        assertThat(after(brief, Passing.of("docs.read"), soon.minusMillis(1)).expiresAt())
                .isEqualTo(soon);
        assertThatThrownBy(() -> after(brief, Passing.of("docs.read"), soon))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the chain ended");
        Passing lasting = all().further(1).until(latest);
        assertThatThrownBy(
                        () ->
                                after(
                                        lasting,
                                        Passing.of("docs.read").until(latest.plusSeconds(1)),
                                        NOW.plus(Duration.ofHours(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not after " + latest);
    }

    @Test
    void itIsPlainlyAPart() {
        refused(Passing.of().knowing(MANDATE), "at least one tool");
        refused(Passing.of("mail.*").knowing(MANDATE), "not plainly a part of what the mandate");
        refused(all().further(1), Passing.of("mail.*"), "not plainly a part of what the chain has");
        Value.Fields counted = part("docs.read").with("uses", Value.of(1));
        refused(Passing.of().part(counted).knowing(MANDATE), "a part has a tool and arguments");
    }

    @Test
    void eachPartBearsTheNameOfWhatItIsAPartOf() {
        assertThat(names(first(Passing.of("docs.read").knowing(MANDATE)))).containsExactly("docs");
        Value.Fields read = part("docs.read").with("name", Value.of("read"));
        assertThat(names(first(Passing.of().part(read).knowing(MANDATE)))).containsExactly("read");
        Value.Fields edit = part("docs.edit").with("name", Value.of("read"));
        refused(Passing.of().part(edit).knowing(MANDATE), "not plainly a part");
        refused(Passing.of("docs.read"), "by its name");
        assertThat(names(first(Passing.of().part(edit)))).containsExactly("read");
        assertThat(Passing.of("docs.read").held()).isEqualTo(Optional.empty());
    }
}
