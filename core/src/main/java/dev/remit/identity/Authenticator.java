package dev.remit.identity;

import dev.remit.identity.Introduction.Known;
import dev.remit.identity.Introduction.Stranger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out who sent a request: access token, DPoP proof, key, replay, in this order. Nobody else
 * makes a {@link Caller}, so a caller is always known by all of them; one that has no key, by a
 * token that says so, and one that a point vouches for, by its word and what the books say.
 */
public final class Authenticator {
    private final String issuer;
    private final SigningKeys keys;
    private final Proofs proofs;
    private final AgentBook agents;
    private final Unbound unbound;
    private final Remembered<String, AccessToken.Reading> tokens = new Remembered<>(20_000);

    /**
     * @param keys the gateway's keys for tokens
     * @param unbound whether tokens are taken that are bound to no key
     */
    public Authenticator(
            String issuer, SigningKeys keys, Proofs proofs, AgentBook agents, Unbound unbound) {
        this.issuer = issuer;
        this.keys = keys;
        this.proofs = proofs;
        this.agents = agents;
        this.unbound = unbound;
    }

    /** Looks at the request's {@code Authorization} headers and proofs; never at its body. */
    public Introduction introduce(
            List<String> authorizations, Proofs.Request request, Instant now) {
        if (authorizations.isEmpty()) {
            return new Stranger(Doubt.TOKEN_MISSING);
        }
        String header = authorizations.getFirst();
        int space = header.indexOf(' ');
        Optional<Binding.Own> scheme = scheme(header.substring(0, Math.max(space, 0)));
        if (authorizations.size() != 1 || scheme.isEmpty()) {
            return new Stranger(Doubt.TOKEN_SCHEME);
        }
        String compact = header.substring(space + 1).strip();
        AccessToken token;
        switch (read(compact, now)) {
            case AccessToken.Reading.Bad(Doubt doubt) -> {
                return new Stranger(doubt);
            }
            case AccessToken.Reading.Read(AccessToken read, _) -> token = read;
        }
        if (!now.isBefore(token.expiresAt())
                || token.expiresAt().isAfter(token.issuedAt().plus(AccessToken.LONGEST))
                || now.plusSeconds(Proofs.WINDOW_SECONDS).isBefore(token.issuedAt())) {
            return new Stranger(Doubt.TOKEN_EXPIRED);
        }
        if (!token.isFor(request.path())) {
            return new Stranger(Doubt.TOKEN_PURPOSE);
        }
        if (token.binding() != scheme.get()) {
            return new Stranger(Doubt.TOKEN_SCHEME);
        }
        return switch (token.binding()) {
            case KEY -> byKey(token, compact, request, now);
            case NONE -> byTokenAlone(token, request);
        };
    }

    /** RFC 9449, section 7.1, and RFC 6750, section 2.1; in either case of letters. */
    private static Optional<Binding.Own> scheme(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "dpop" -> Optional.of(Binding.KEY);
            case "bearer" -> Optional.of(Binding.NONE);
            default -> Optional.empty();
        };
    }

    private Introduction byKey(
            AccessToken token, String compact, Proofs.Request request, Instant now) {
        return switch (proofs.check(request, compact, now)) {
            case Proofs.Checked.Doubtful(Doubt doubt) -> new Stranger(doubt);
            case Proofs.Checked.Proven(Jwk key) -> known(token, Optional.of(key));
        };
    }

    /** A proof beside it would be one that nothing asks for: its sender takes it for another. */
    private Introduction byTokenAlone(AccessToken token, Proofs.Request request) {
        if (unbound == Unbound.REFUSED) {
            return new Stranger(Doubt.TOKEN_UNBOUND);
        }
        return request.proofs().isEmpty()
                ? known(token, Optional.empty())
                : new Stranger(Doubt.TOKEN_SCHEME);
    }

    /**
     * A token that would be good if its holder's proof came with it; not more than that. For those
     * who ask about tokens, not for those who use them.
     */
    public Optional<AccessToken> good(String compact, Instant now) {
        if (!(read(compact, now) instanceof AccessToken.Reading.Read(AccessToken token, _))
                || !now.isBefore(token.expiresAt())) {
            return Optional.empty();
        }
        return doubt(token, agents).isEmpty() ? Optional.of(token) : Optional.empty();
    }

    /**
     * Reads a token; one whose signature was checked is remembered while its key is vouched for.
     */
    private AccessToken.Reading read(String compact, Instant now) {
        AccessToken.Reading good =
                tokens.get(
                        compact,
                        unread ->
                                AccessToken.read(unread, issuer, keys, now)
                                                instanceof AccessToken.Reading.Read read
                                        ? read
                                        : null); // what is bad is not worth the room
        return switch (good) {
            case AccessToken.Reading.Read(_, Jwk signedBy)
                    when !keys.vouches(signedBy, AccessToken.OVERLAP, now) ->
                    new AccessToken.Reading.Bad(
                            Doubt.TOKEN_SIGNATURE); // replaced since it was read
            case AccessToken.Reading.Read read -> read;
            case AccessToken.Reading.Bad bad -> bad;
            case null -> AccessToken.read(compact, issuer, keys, now);
        };
    }

    /**
     * Takes the word of an enforcement point for an agent's instance. Whatever has come up against
     * the instance counts as it would against a token that it had just got; there is none.
     *
     * @param named the mandate that the agent acts under, if the point says; whoever has but a part
     *     of one acts under that
     */
    public Introduction vouched(
            Binding.Vouched by, InstanceId id, Optional<MandateId> named, Instant now) {
        Optional<Instance> found = agents.instance(id);
        if (found.isEmpty()) {
            return new Stranger(Doubt.INSTANCE_REVOKED);
        }
        Instance instance = found.get();
        AccessToken word =
                new AccessToken(
                        issuer,
                        issuer,
                        Optional.empty(),
                        Optional.empty(),
                        Actor.of(instance),
                        instance.from().map(_ -> Descent.lineage(instance, agents)),
                        instance.from().map(Descent::mandate).or(() -> named),
                        Optional.empty(),
                        instance.key().map(Jwk::thumbprint),
                        "",
                        now,
                        now);
        return Stream.concat(Stream.of(instance), Descent.above(instance, agents).stream())
                        .flatMap(one -> one.from().stream())
                        .allMatch(from -> now.isBefore(from.until()))
                ? doubt(word, agents)
                        .<Introduction>map(Stranger::new)
                        .orElseGet(() -> new Known(new Caller(instance, word, by)))
                : new Stranger(Doubt.INSTANCE_REVOKED);
    }

    /** What the sender showed, what the token says and what the instance has must be one key. */
    private Introduction known(AccessToken token, Optional<Jwk> key) {
        if (!key.map(Jwk::thumbprint).equals(token.boundTo())) {
            return new Stranger(Doubt.PROOF_KEY);
        }
        Optional<Doubt> doubt = doubt(token, agents);
        if (doubt.isPresent()) {
            return new Stranger(doubt.get());
        }
        return agents.instance(token.instance())
                .filter(one -> one.key().equals(key))
                .<Introduction>map(one -> new Known(new Caller(one, token, token.binding())))
                .orElse(new Stranger(Doubt.INSTANCE_REVOKED));
    }

    /**
     * What has come up against a token since it was made: it is good while its instance is, and
     * every hand that it came through.
     */
    static Optional<Doubt> doubt(AccessToken token, AgentBook agents) {
        Optional<Doubt> doubt = doubt(token, token.actor(), agents.instance(token.instance()));
        for (Actor one : token.behind()) {
            doubt = doubt.or(() -> doubt(token, one, agents.instance(one.instance())));
        }
        return doubt;
    }

    private static Optional<Doubt> doubt(
            AccessToken token, Actor actor, Optional<Instance> instance) {
        boolean enrolled =
                instance.isPresent()
                        && !instance.get().revoked()
                        && instance.get().agent().equals(actor.agent());
        if (!enrolled) {
            return Optional.of(Doubt.INSTANCE_REVOKED);
        }
        return token.issuedAt().isBefore(instance.get().tokensFrom())
                ? Optional.of(Doubt.TOKEN_REVOKED)
                : Optional.empty();
    }
}
