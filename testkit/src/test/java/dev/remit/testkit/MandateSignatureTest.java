package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jws;
import dev.remit.identity.PasskeyAnswer;
import dev.remit.identity.PasskeyAnswer.Fault;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.MandateText;
import dev.remit.testkit.SoftPasskey.Telling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class MandateSignatureTest {
    private static final String PAGE = "https://remit.example";
    private static final Telling THERE = new Telling(PAGE, "remit.example", true);

    private final SoftPasskey passkey = new SoftPasskey();
    private final Mandate mandate = new Sample(new MemoryStore()).mandate("a", "1");
    private final MandateSignature good = signed(THERE);

    private MandateSignature signed(Telling telling) {
        return new MandateSignature(
                passkey.id(),
                passkey.key(),
                "A".repeat(43),
                passkey.approving(MandateSignature.challenge(new byte[32], mandate), telling));
    }

    private static MandateSignature with(MandateSignature one, PasskeyAnswer answer) {
        return new MandateSignature(one.passkey(), one.key(), one.nonce(), answer);
    }

    /** The answer of a passkey to a browser that says something else. */
    private MandateSignature saying(UnaryOperator<Value.Fields> change) throws MalformedJson {
        Value.Fields said = JsonReader.readFields(Jws.decode(good.answer().client()));
        return with(
                good,
                new PasskeyAnswer(
                        good.answer().data(),
                        Jws.encode(JsonWriter.plain(change.apply(said))),
                        good.answer().signature()));
    }

    @Test
    void aPasskeysYesToExactlyThisHoldsAndIsReadBackAsItWas() {
        assertThat(good.fault(mandate, PAGE)).isEmpty();
        assertThat(MandateSignature.read(good.write())).isEqualTo(good);
        assertThat(MandateText.read(MandateText.write(mandate))).isEqualTo(mandate);
    }

    @Test
    void eachThingThatIsWrongIsToldByItsName() throws Exception {
        assertThat(good.fault(mandate, "https://remit.example:444")).contains(Fault.ANOTHER_ORIGIN);
        assertThat(
                        signed(new Telling("https://evil.example", "remit.example", true))
                                .fault(mandate, PAGE))
                .contains(Fault.ANOTHER_ORIGIN);
        assertThat(signed(new Telling(PAGE, "evil.example", true)).fault(mandate, PAGE))
                .contains(Fault.ANOTHER_PARTY);
        assertThat(signed(new Telling(PAGE, "remit.example", false)).fault(mandate, PAGE))
                .contains(Fault.NOT_VERIFIED);
        assertThat(
                        saying(said -> said.with("type", Value.of("webauthn.create")))
                                .fault(mandate, PAGE))
                .contains(Fault.NOT_SHOWN);
        assertThat(saying(said -> said.with("crossOrigin", Value.of(true))).fault(mandate, PAGE))
                .contains(Fault.FRAMED);
        assertThat(saying(said -> said.with("topOrigin", Value.of(PAGE))).fault(mandate, PAGE))
                .contains(Fault.FRAMED);
        assertThat(saying(said -> said.with("more", Value.of(PAGE))).fault(mandate, PAGE))
                .contains(Fault.SIGNATURE);
        assertThat(
                        new MandateSignature(
                                        good.passkey(),
                                        new SoftPasskey().key(),
                                        good.nonce(),
                                        good.answer())
                                .fault(mandate, PAGE))
                .contains(Fault.SIGNATURE);
        byte[] absent = Jws.decode(good.answer().data());
        absent[32] = 0x04;
        assertThat(
                        with(
                                        good,
                                        new PasskeyAnswer(
                                                Jws.encode(absent),
                                                good.answer().client(),
                                                good.answer().signature()))
                                .fault(mandate, PAGE))
                .contains(Fault.NOT_PRESENT);
    }

    /** Any other mandate, however near, is something else. */
    @Test
    void everyMemberOfTheMandateIsSigned() throws Exception {
        String text = MandateText.write(mandate).json();
        int tried = 0;
        for (int at = 0; at < text.length(); at++) {
            for (char c : new char[] {'0', '9', 'x', '_'}) {
                String changed = text.substring(0, at) + c + text.substring(at + 1);
                Optional<Mandate> other =
                        read(changed)
                                .filter(
                                        one ->
                                                !one.equals(mandate)
                                                        || !MandateText.write(one)
                                                                .equals(
                                                                        MandateText.write(
                                                                                mandate)));
                if (other.isPresent()) {
                    tried++;
                    assertThat(good.fault(other.get(), PAGE))
                            .as(changed)
                            .contains(Fault.ANOTHER_CHALLENGE);
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
    }

    private static Optional<Mandate> read(String text) {
        try {
            return Optional.of(
                    MandateText.read(JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8))));
        } catch (MalformedJson | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Test
    void noBitOfTheSignatureCanBeChanged() {
        for (String part :
                List.of("key", "nonce", "authenticator_data", "client_data", "signature")) {
            byte[] bytes = Jws.decode(good.write().text(part).orElseThrow());
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                Value.Fields changed = good.write().with(part, Value.of(Jws.encode(bytes)));
                assertThat(MandateSignature.read(changed).fault(mandate, PAGE))
                        .as(part + ", bit " + bit)
                        .isPresent();
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            }
            String text = good.write().text(part).orElseThrow();
            for (String loose : List.of(text + "=", text + "A", " " + text, "")) {
                assertThat(
                                MandateSignature.read(good.write().with(part, Value.of(loose)))
                                        .fault(mandate, PAGE))
                        .isPresent();
            }
        }
    }
}
