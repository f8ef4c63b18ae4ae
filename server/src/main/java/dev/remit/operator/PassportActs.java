package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Jwk;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.Person;
import dev.remit.passport.PassportOffice;
import dev.remit.registry.ActRefused;
import java.time.Duration;
import java.util.Optional;

/** The operator's acts about passports. */
public final class PassportActs {
    private static final Duration USUAL_LIFE = Duration.ofDays(30);

    private final Person operator;
    private final PassportOffice office;
    private final PassportBook passports;
    private final AgentWords words;

    public PassportActs(
            Person operator, PassportOffice office, PassportBook passports, AgentBook agents) {
        this.operator = operator;
        this.office = office;
        this.passports = passports;
        this.words = new AgentWords(agents);
    }

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name, Value.Fields asked) {
        return switch (name) {
            case "passports/issue" -> Optional.of(issue(asked));
            case "passports/list" -> Optional.of(list(asked));
            case "passports/revoke" -> Optional.of(revoke(asked));
            default -> Optional.empty();
        };
    }

    private Value issue(Value.Fields asked) {
        Jwk holder =
                asked.fields("key")
                        .flatMap(Jwk::of)
                        .orElseThrow(
                                () ->
                                        new ActRefused(
                                                "`key` is the holder's public JWK, Ed25519 or"
                                                        + " P-256; never a private one"));
        Duration life = asked.text("lives").map(Duration::parse).orElse(USUAL_LIFE);
        PassportOffice.Issued issued =
                office.issue(agent(asked).id(), holder, life, operator.id().text());
        return write(issued.passport()).with("text", Value.of(issued.text()));
    }

    private Value list(Value.Fields asked) {
        return new Value.Items(
                passports.passports(agent(asked).id()).stream()
                        .map(one -> (Value) write(one))
                        .toList());
    }

    private Value revoke(Value.Fields asked) {
        PassportId id =
                new PassportId(
                        asked.text("passport")
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "`passport` is missing")));
        office.revoke(id, operator.id().text());
        return write(passports.passport(id).orElseThrow());
    }

    private static Value.Fields write(Passport passport) {
        return Value.object()
                .put("passport", passport.id().text())
                .put("agent", passport.agent().text())
                .put("key", passport.key().base64Url())
                .put("expires", passport.expiresAt().toString())
                .put("revoked", passport.revoked())
                .build();
    }

    private Agent agent(Value.Fields asked) {
        return words.find(
                asked.text("agent")
                        .orElseThrow(() -> new IllegalArgumentException("`agent` is missing")));
    }
}
