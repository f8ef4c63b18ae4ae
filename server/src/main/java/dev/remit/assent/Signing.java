package dev.remit.assent;

import dev.remit.assent.Assents.Assent;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Role;
import dev.remit.mandate.MandateSignature;
import dev.remit.session.SignedIn;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a person's passkey says yes to a mandate that is before them; the same on every page that
 * shows one. What is signed is found to be right here, and given by the page's own desk.
 */
public final class Signing {
    /** What a script of ours calls the mandate that it is about. */
    public static final String REQUEST = "request";

    private static final int LONGEST_BODY = 64 * 1024;

    private final SignIns signIns;
    private final Assents assents;
    private final Set<Role> giving;

    /**
     * @param giving who may give
     */
    public Signing(SignIns signIns, Assents assents, Set<Role> giving) {
        this.signIns = signIns;
        this.assents = assents;
        this.giving = Set.copyOf(giving);
    }

    /** What somebody's passkey said yes to. */
    public record Signed(SignedIn who, Assent assent, MandateSignature signature) {}

    /** What a script sent, and who was at the page. */
    private record Sent(SignedIn who, Assent assent, Value.Fields said) {}

    /** Asks the browser for a signature by one of the person's passkeys. */
    public void challenge(Exchange exchange) {
        sent(exchange)
                .ifPresent(
                        sent -> say(exchange, assents.asked(sent.assent(), sent.who().account())));
    }

    /** What was signed, by a passkey of its giver's; empty if the exchange is answered. */
    public Optional<Signed> signed(Exchange exchange) {
        Optional<Sent> sent = sent(exchange);
        if (sent.isEmpty()) {
            return Optional.empty(); // answered
        }
        SignedIn who = sent.get().who();
        Assent assent = sent.get().assent();
        Optional<MandateSignature> signature =
                sent.get()
                        .said()
                        .fields("credential")
                        .flatMap(said -> Assents.answered(assent, who.account(), said))
                        .filter(by -> by.fault(assent.mandate(), signIns.origin()).isEmpty());
        if (signature.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.PASSKEY_REFUSED);
        }
        return signature.map(by -> new Signed(who, assent, by));
    }

    private Optional<Sent> sent(Exchange exchange) {
        Optional<SignedIn> who = signIns.forScript(exchange, giving);
        if (who.isEmpty()) {
            return Optional.empty(); // answered
        }
        Optional<Value.Fields> said = read(exchange);
        Optional<Assent> assent =
                said.flatMap(one -> one.text(REQUEST))
                        .flatMap(name -> assents.find(name, who.get().person().id()))
                        .filter(Assent::isToBeSigned);
        if (said.isEmpty() || assent.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return Optional.empty();
        }
        return Optional.of(new Sent(who.get(), assent.get(), said.get()));
    }

    private static Optional<Value.Fields> read(Exchange exchange) {
        try {
            return Optional.of(JsonReader.readFields(exchange.body(LONGEST_BODY)));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** It is given; the browser goes on there. */
    public void done(Exchange exchange, Signed signed, String to) {
        assents.done(signed.assent());
        say(exchange, Value.object().put("to", to).build());
    }

    private static void say(Exchange exchange, Value said) {
        Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
        headers.put("Content-Type", "application/json");
        exchange.answer(200, headers, said.json().getBytes(StandardCharsets.UTF_8));
    }
}
