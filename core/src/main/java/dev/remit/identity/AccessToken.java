package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An access token in the form of RFC 9068, bound to a key (RFC 9449, section 6) if its holder has
 * one. It names who asks and, at most, the mandate; what is allowed stands in the mandate and can
 * change without a new token.
 *
 * @param audience the resource it is for (RFC 8707): the issuer itself, or an address below it,
 *     without a slash at its end
 * @param person whose consent it goes back to; the agent is then the actor (RFC 8693, section 4.1)
 * @param signIn how that person had signed in then (RFC 9068, section 2.2.1)
 * @param actor who sends it; computed from who asked for it, never from what was asked
 * @param lineage where its authority comes from, if that was passed on; it is frozen then
 * @param mayAct the only agent that it may be passed on to, if it names one (RFC 8693, section 4.4)
 * @param boundTo thumbprint of the key; empty for one that whoever has it can use
 */
public record AccessToken(
        String issuer,
        String audience,
        Optional<PersonId> person,
        Optional<Authentication> signIn,
        Actor actor,
        Optional<Lineage> lineage,
        Optional<MandateId> mandate,
        Optional<AgentId> mayAct,
        Optional<Digest> boundTo,
        String id,
        Instant issuedAt,
        Instant expiresAt) {
    /** The longest a token lives. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long a key that was replaced is still taken: for the last token and every clock. */
    public static final Duration OVERLAP = LONGEST.plusMinutes(2);

    private static final String TYPE = "at+jwt";

    /** A token that an agent has in its own name, for all of the issuer. */
    public static AccessToken ofAgent(
            String issuer,
            AgentId agent,
            InstanceId instance,
            Optional<MandateId> mandate,
            Digest boundTo,
            String id,
            Instant issuedAt,
            Instant expiresAt) {
        return new AccessToken(
                issuer,
                issuer,
                Optional.empty(),
                Optional.empty(),
                new Actor(agent, instance),
                Optional.empty(),
                mandate,
                Optional.empty(),
                Optional.of(boundTo),
                id,
                issuedAt,
                expiresAt);
    }

    /** The signed token. */
    public String sign(SigningKeys.Signer by) {
        return sign(by.privateKey(), by.publicKey());
    }

    /** The token, signed with this key. */
    public String sign(PrivateKey key, Jwk publicKey) {
        Value.Fields header =
                Value.object().put("typ", TYPE).put("kid", SigningKeys.kid(publicKey)).build();
        return Jws.sign(header, claims(), key);
    }

    /** What it says, as a token or an introspection (RFC 7662) has it. */
    public Value.Fields claims() {
        return Value.object()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", person.map(PersonId::text).orElse(root().text()))
                .putIf("act", act())
                .putIf("acr", signIn.flatMap(Authentication::acr).map(Value::of))
                .putIf("auth_time", authTime())
                .put("client_id", instance().text())
                .putIf("mandate", mandate.map(id -> Value.of(id.text())))
                .putIf("authorization_details", lineage.map(Lineage::share))
                .putIf(
                        "cnf",
                        boundTo.map(key -> Value.object().put("jkt", key.base64Url()).build()))
                .put("jti", id)
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond())
                .build();
    }

    /** What a sender has to show besides it. */
    public Binding.Own binding() {
        return boundTo.isPresent() ? Binding.KEY : Binding.NONE;
    }

    public AgentId agent() {
        return actor.agent();
    }

    public InstanceId instance() {
        return actor.instance();
    }

    /** Those through whose hands its authority came, the nearest first. */
    public List<Actor> behind() {
        return lineage.map(Lineage::behind).orElse(List.of());
    }

    private AgentId root() {
        return lineage.map(Lineage::root).orElse(agent());
    }

    /** RFC 8693, section 4.1: whoever acts now is outermost. */
    private Optional<Value> act() {
        if (person.isEmpty() && lineage.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> inner = Optional.empty();
        for (Actor one : behind().reversed()) {
            inner = Optional.of(act(one, inner));
        }
        return Optional.of(act(actor, inner));
    }

    private Value act(Actor one, Optional<Value> inner) {
        return Value.object()
                .put("iss", issuer)
                .put("sub", one.agent().text())
                .put("client_id", one.instance().text())
                .putIf("act", inner)
                .build();
    }

    /** Whether it may be used at this path of the issuer. */
    boolean isFor(String path) {
        String below = audience.substring(issuer.length());
        return path.startsWith(below)
                && (path.length() == below.length() || path.charAt(below.length()) == '/');
    }

    /** A token whose signature and form hold, or why not; its own time is not looked at. */
    sealed interface Reading {
        record Read(AccessToken token, Jwk signedBy) implements Reading {}

        record Bad(Doubt doubt) implements Reading {}
    }

    static Reading read(String compact, String issuer, SigningKeys keys, Instant now) {
        Optional<Jws> jws = Jws.read(compact);
        if (jws.isEmpty()) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
        Optional<Jwk> signedBy = keys.maker(jws.get(), OVERLAP, now);
        if (signedBy.isEmpty()) {
            return new Reading.Bad(Doubt.TOKEN_SIGNATURE);
        }
        Value.Fields claims = jws.get().claims();
        boolean purpose =
                jws.get().header().text("typ").equals(Optional.of(TYPE))
                        && claims.get("nbf").isEmpty() // this gateway writes none
                        && claims.text("iss").equals(Optional.of(issuer))
                        && claims.text("aud").filter(to -> isBelow(to, issuer)).isPresent();
        if (!purpose) {
            return new Reading.Bad(Doubt.TOKEN_PURPOSE);
        }
        try {
            Actor actor =
                    new Actor(
                            new AgentId(
                                    claims.fields("act").orElse(claims).text("sub").orElseThrow()),
                            new InstanceId(claims.text("client_id").orElseThrow()));
            return new Reading.Read(
                    new AccessToken(
                            issuer,
                            claims.text("aud").orElseThrow(),
                            claims.text("sub").filter(PersonId::names).map(PersonId::new),
                            signIn(claims),
                            actor,
                            lineage(claims),
                            claims.text("mandate").map(MandateId::new),
                            mayAct(claims),
                            boundTo(claims),
                            claims.text("jti").orElseThrow(),
                            Instant.ofEpochSecond(claims.whole("iat").orElseThrow()),
                            Instant.ofEpochSecond(claims.whole("exp").orElseThrow())),
                    signedBy.get());
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
    }

    private Optional<Value> authTime() {
        OptionalLong time = signIn.map(Authentication::authTime).orElse(OptionalLong.empty());
        return time.isPresent() ? Optional.of(Value.of(time.getAsLong())) : Optional.empty();
    }

    private static Optional<Authentication> signIn(Value.Fields claims) {
        OptionalLong at = claims.whole("auth_time");
        Optional<String> acr = claims.text("acr");
        return at.isEmpty() && acr.isEmpty()
                ? Optional.empty()
                : Optional.of(new Authentication(Instant.ofEpochSecond(at.orElse(0)), acr));
    }

    private static Optional<Lineage> lineage(Value.Fields claims) {
        List<Actor> behind = new ArrayList<>();
        Optional<Value.Fields> inner = claims.fields("act").flatMap(act -> act.fields("act"));
        while (inner.isPresent()) {
            behind.add(
                    new Actor(
                            new AgentId(inner.get().text("sub").orElseThrow()),
                            new InstanceId(inner.get().text("client_id").orElseThrow())));
            inner = inner.get().fields("act");
        }
        Optional<Value> share = claims.get("authorization_details");
        if (behind.isEmpty() && share.isEmpty()) {
            return Optional.empty();
        }
        if (share.orElse(null) instanceof Value.Items items) {
            return Optional.of(new Lineage(behind, items));
        }
        throw new IllegalArgumentException("what is passed on has an origin and an end");
    }

    /** Anything but a thumbprint is no binding that could be checked, and not none either. */
    private static Optional<Digest> boundTo(Value.Fields claims) {
        return claims.get("cnf").isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Digest.ofBase64Url(
                                claims.fields("cnf").orElseThrow().text("jkt").orElseThrow()));
    }

    private static Optional<AgentId> mayAct(Value.Fields claims) {
        return claims.get("may_act")
                .map(
                        one ->
                                switch (one) {
                                    case Value.Fields may ->
                                            new AgentId(may.text("sub").orElseThrow());
                                    case Value.Text _,
                                            Value.Num _,
                                            Value.Flag _,
                                            Value.Nothing _,
                                            Value.Items _ ->
                                            throw new IllegalArgumentException("`may_act`");
                                });
    }

    /** Whether the address is the issuer's or below it. */
    public static boolean isBelow(String address, String issuer) {
        return address.equals(issuer)
                || (address.startsWith(issuer + "/") && !address.endsWith("/"));
    }
}
