package dev.remit.authority;

import dev.remit.authority.Crew.Member;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jws;
import dev.remit.identity.MandateId;
import dev.remit.main.Names;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Passing authority on by signature, as a holder of a key does it. */
record Handing(Crew crew, String mandate) {

    /** A child: its key, and the chain that it has. */
    record Child(DpopSigner key, DelegationChain chain) {}

    static Value.Items share(String permissions) {
        try {
            String json = "[{\"type\":\"mandate\",\"permissions\":[" + permissions + "]}]";
            return (Value.Items) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    DelegationStep step(String issuer, DpopSigner to, String permissions) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new DelegationStep(
                issuer,
                crew.siege.gateway.issuer(),
                new MandateId(mandate),
                share(permissions),
                to.publicKey(),
                now,
                now.plus(Duration.ofMinutes(30)),
                OptionalLong.empty(),
                DelegationStep.MOST_DEPTH,
                Optional.empty(),
                Names.secret().substring(0, 16));
    }

    Child from(Member root, String permissions) {
        return from(root, permissions, UnaryOperator.identity());
    }

    Child from(Member root, String permissions, UnaryOperator<DelegationStep> change) {
        DpopSigner key = new DpopSigner(Forgeries.p256());
        DelegationStep step = change.apply(step(root.client(), key, permissions));
        return new Child(key, DelegationChain.read(root.key().delegation(step)).orElseThrow());
    }

    Child from(Child parent, String permissions) {
        return from(parent, permissions, UnaryOperator.identity());
    }

    Child from(Child parent, String permissions, UnaryOperator<DelegationStep> change) {
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        DelegationStep before = parent.chain().last().step();
        DelegationStep plain =
                step(parent.key().publicKey().thumbprint().base64Url(), key, permissions);
        DelegationStep step =
                change.apply(
                        new DelegationStep(
                                plain.issuer(),
                                plain.audience(),
                                plain.mandate(),
                                plain.share(),
                                plain.key(),
                                plain.issuedAt(),
                                before.expiresAt(),
                                before.uses(),
                                before.depth() - 1,
                                Optional.of(parent.chain().last().digest()),
                                plain.id()));
        return new Child(key, parent.chain().then(parent.key().delegation(step)));
    }

    static DelegationStep with(DelegationStep step, OptionalLong uses, int depth) {
        return new DelegationStep(
                step.issuer(),
                step.audience(),
                step.mandate(),
                step.share(),
                step.key(),
                step.issuedAt(),
                step.expiresAt(),
                uses,
                depth,
                step.parent(),
                step.id());
    }

    static DelegationStep with(DelegationStep step, Instant from, Instant until) {
        return new DelegationStep(
                step.issuer(),
                step.audience(),
                step.mandate(),
                step.share(),
                step.key(),
                from,
                until,
                step.uses(),
                step.depth(),
                step.parent(),
                step.id());
    }

    static Map<String, String> form(String chain) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", Exchanges.GRANT);
        form.put("subject_token_type", DelegationChain.TYPE);
        form.put("subject_token", chain);
        return form;
    }

    HttpResponse<String> send(Child child) {
        return crew.siege.gateway.send(
                crew.request(child.key(), PublishedClient.form(form(child.chain().text()))));
    }

    /** The child with its first token, as the member that it has become. */
    Member enrolled(Child child) {
        String token = Crew.token(send(child));
        return new Member(crew.worker.agent(), client(token), child.key());
    }

    String token(Child child) {
        return Crew.token(send(child));
    }

    static String client(String token) {
        return Jws.read(token).orElseThrow().claims().text("client_id").orElseThrow();
    }

    /** The mandate's permissions by name, as the operator shows them. */
    static String part(String name, String tool) {
        return "{\"name\":\"" + name + "\",\"tool\":\"" + tool + "\"}";
    }

    static List<String> both() {
        return List.of("desk.echo", "desk.ask");
    }
}
