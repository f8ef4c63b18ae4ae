package dev.remit.main;

import dev.remit.access.Point;
import dev.remit.conduct.Tolerance;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Nonces;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import dev.remit.identity.Unbound;
import dev.remit.notice.Webhook;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.TrustedIssuer;
import dev.remit.people.ProviderSettings;
import dev.remit.rules.RuleFolder;
import dev.remit.tlog.WitnessSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the operator decided, read once at the start and whole: there is no half-set configuration.
 *
 * @param nonces when a DPoP proof needs a nonce of this gateway
 * @param issuers whose passports enrol agents
 * @param assertions whose statements about workloads and people are believed
 * @param warnings what works but should be mended
 * @param trusted origins that may be asked though they are private or plain
 * @param sealingKey what all secrets are sealed with, if not the data folder's own key
 * @param unbound what is done with clients that prove no key
 * @param rules where the organisation's rules stand, if it has any
 * @param tolerances how much overstepping is borne, beside what each mandate bears
 * @param intent how the rules of intent count, and what tools do that were read wrongly
 * @param witnesses those that cosign the ledger's checkpoints
 * @param points those that make agents' calls themselves, and ask here first
 * @param webhooks where it is told that a question waits
 * @param keyAges how old the key of a use may grow; a use that is not there keeps its key
 */
public record Config(
        Address address,
        Nonces.Demand nonces,
        List<UpstreamSettings> upstreams,
        List<ProviderSettings> providers,
        List<TrustedIssuer> issuers,
        List<AssertionIssuer> assertions,
        List<String> warnings,
        List<Origin> trusted,
        Optional<Secret> sealingKey,
        Map<KeyUse, Duration> keyAges,
        Unbound unbound,
        Optional<RuleFolder> rules,
        List<Tolerance> tolerances,
        IntentSettings intent,
        List<WitnessSettings> witnesses,
        List<Point> points,
        List<Webhook> webhooks) {
    public static final int USUAL_PORT = 8420;

    public Config {
        upstreams = List.copyOf(upstreams);
        providers = List.copyOf(providers);
        issuers = List.copyOf(issuers);
        assertions = List.copyOf(assertions);
        warnings = List.copyOf(warnings);
        trusted = List.copyOf(trusted);
        keyAges = Map.copyOf(keyAges);
        tolerances = List.copyOf(tolerances);
        witnesses = List.copyOf(witnesses);
        points = List.copyOf(points);
        webhooks = List.copyOf(webhooks);
    }

    /** The configuration without a file: loopback, no upstreams. */
    public static Config usual() {
        return new Draft(loopback(USUAL_PORT)).done();
    }

    /** This configuration, listening on another port of loopback. */
    public Config on(int otherPort) {
        return changed(draft -> draft.address = loopback(otherPort));
    }

    public Config with(List<UpstreamSettings> others) {
        return changed(draft -> draft.upstreams = others);
    }

    public Config withNonces(Nonces.Demand demand) {
        return changed(draft -> draft.nonces = demand);
    }

    public Config withProviders(List<ProviderSettings> others) {
        return changed(draft -> draft.providers = others);
    }

    public Config withIssuers(List<TrustedIssuer> others) {
        return changed(draft -> draft.issuers = others);
    }

    public Config withAssertions(List<AssertionIssuer> others) {
        return changed(draft -> draft.assertions = others);
    }

    /** The same, asking these origins too. */
    public Config trusting(List<Origin> others) {
        return changed(draft -> draft.trusted = others);
    }

    public Config sealedWith(Secret key) {
        return changed(draft -> draft.sealingKey = Optional.of(key));
    }

    public Config replacing(Map<KeyUse, Duration> ages) {
        return changed(draft -> draft.keyAges = ages);
    }

    public Config withUnbound(Unbound what) {
        return changed(draft -> draft.unbound = Optional.of(what));
    }

    /** The same, with the rules of this folder. */
    public Config withRules(RuleFolder folder) {
        return changed(draft -> draft.rules = Optional.of(folder));
    }

    /** The same, bearing so much overstepping. */
    public Config bearing(List<Tolerance> some) {
        return changed(draft -> draft.tolerances = some);
    }

    /** The same, with the rules of intent counting so. */
    public Config withIntent(IntentSettings settings) {
        return changed(draft -> draft.intent = settings);
    }

    /** The same, with the ledger's checkpoints cosigned by these. */
    public Config withWitnesses(List<WitnessSettings> some) {
        return changed(draft -> draft.witnesses = some);
    }

    /** The same, answering these points. */
    public Config withPoints(List<Point> some) {
        return changed(draft -> draft.points = some);
    }

    /** The same, telling these of questions. */
    public Config withWebhooks(List<Webhook> some) {
        return changed(draft -> draft.webhooks = some);
    }

    private Config changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A configuration that is being put together; what is not said is as usual. */
    static final class Draft {
        Address address;
        Nonces.Demand nonces = Nonces.Demand.WHEN_NEEDED;
        List<UpstreamSettings> upstreams = List.of();
        List<ProviderSettings> providers = List.of();
        List<TrustedIssuer> issuers = List.of();
        List<AssertionIssuer> assertions = List.of();
        List<String> warnings = List.of();
        List<Origin> trusted = List.of();
        Optional<Secret> sealingKey = Optional.empty();
        Map<KeyUse, Duration> keyAges = KeyReader.USUAL;
        Optional<Unbound> unbound = Optional.empty();
        Optional<RuleFolder> rules = Optional.empty();
        List<Tolerance> tolerances = List.of();
        IntentSettings intent = IntentSettings.USUAL;
        List<WitnessSettings> witnesses = List.of();
        List<Point> points = List.of();
        List<Webhook> webhooks = List.of();

        Draft(Address address) {
            this.address = address;
        }

        private Draft(Config from) {
            address = from.address;
            nonces = from.nonces;
            upstreams = from.upstreams;
            providers = from.providers;
            issuers = from.issuers;
            assertions = from.assertions;
            warnings = from.warnings;
            trusted = from.trusted;
            sealingKey = from.sealingKey;
            keyAges = from.keyAges;
            unbound = Optional.of(from.unbound);
            rules = from.rules;
            tolerances = from.tolerances;
            intent = from.intent;
            witnesses = from.witnesses;
            points = from.points;
            webhooks = from.webhooks;
        }

        Config done() {
            return new Config(
                    address,
                    nonces,
                    upstreams,
                    providers,
                    issuers,
                    assertions,
                    warnings,
                    trusted,
                    sealingKey,
                    keyAges,
                    unbound.orElse(address.isLoopback() ? Unbound.CAPPED : Unbound.REFUSED),
                    rules,
                    tolerances,
                    intent,
                    witnesses,
                    points,
                    webhooks);
        }
    }

    private static Address loopback(int port) {
        return new Address("127.0.0.1", port, "http://127.0.0.1:" + port);
    }

    public String host() {
        return address.host();
    }

    public int port() {
        return address.port();
    }

    public String publicUrl() {
        return address.publicUrl();
    }

    public Optional<String> peoplesOrigin() {
        return address.peoplesOrigin();
    }

    public Set<String> origins() {
        return address.origins();
    }

    public boolean isLoopback() {
        return address.isLoopback();
    }

    /**
     * Where it listens, and under which name it is reached.
     *
     * @param publicUrl how agents reach the gateway: {@code scheme://host:port}, without a path
     */
    public record Address(String host, int port, String publicUrl) {
        /**
         * The one origin that people's browsers use; empty if there is none where a passkey can be
         * shown and a cookie kept safe: that takes https, or this machine. Browsers make passkeys
         * for names, not for addresses, so it is {@code localhost} there.
         */
        public Optional<String> peoplesOrigin() {
            if (publicUrl.startsWith("https://")) {
                return Optional.of(publicUrl.replaceFirst(":443$", ""));
            }
            boolean here = publicUrl.matches("http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?");
            return here && isLoopback()
                    ? Optional.of(publicUrl.replace("//127.0.0.1", "//localhost"))
                    : Optional.empty();
        }

        /**
         * The names under which this gateway is asked for; a request for any other host is turned
         * away.
         */
        public Set<String> origins() {
            Set<String> origins = new TreeSet<>();
            int scheme = publicUrl.indexOf("://") + 3;
            boolean hasPort = publicUrl.lastIndexOf(':') > scheme;
            origins.add(
                    hasPort
                            ? publicUrl
                            : publicUrl + (publicUrl.startsWith("https") ? ":443" : ":80"));
            if (isLoopback()) {
                origins.add("http://127.0.0.1:" + port);
                origins.add("http://localhost:" + port);
            }
            return origins;
        }

        /**
         * The hosts for which the operator's door opens: on this machine only its own names, so
         * that no page reaches it by another (DNS rebinding); empty if any will do that reaches the
         * gateway.
         */
        public Set<String> operatorHosts() {
            return isLoopback()
                    ? Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port)
                    : Set.of();
        }

        public boolean isLoopback() {
            return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
        }
    }
}
