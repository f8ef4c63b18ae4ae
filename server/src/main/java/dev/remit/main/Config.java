package dev.remit.main;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Nonces;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import dev.remit.passport.TrustedIssuer;
import dev.remit.people.ProviderSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator decided, read once at the start and whole: there is no half-set configuration.
 *
 * @param publicUrl how agents reach the gateway: {@code scheme://host:port}, without a path
 * @param nonces when a DPoP proof needs a nonce of this gateway
 * @param issuers whose passports enrol agents
 * @param warnings what works but should be mended
 * @param trusted origins that may be asked though they are private or plain
 * @param sealingKey what upstream credentials are sealed with, if not the data folder's own key
 */
public record Config(
        String host,
        int port,
        String publicUrl,
        Nonces.Demand nonces,
        List<UpstreamSettings> upstreams,
        List<ProviderSettings> providers,
        List<TrustedIssuer> issuers,
        List<String> warnings,
        List<Origin> trusted,
        Optional<Secret> sealingKey) {
    public static final int USUAL_PORT = 8420;

    public Config {
        upstreams = List.copyOf(upstreams);
        providers = List.copyOf(providers);
        issuers = List.copyOf(issuers);
        warnings = List.copyOf(warnings);
        trusted = List.copyOf(trusted);
    }

    /** The configuration without a file: loopback, no upstreams. */
    public static Config usual() {
        return new Config(
                "127.0.0.1",
                USUAL_PORT,
                "http://127.0.0.1:" + USUAL_PORT,
                Nonces.Demand.WHEN_NEEDED,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** This configuration, listening on another port of loopback. */
    public Config on(int otherPort) {
        return new Config(
                "127.0.0.1",
                otherPort,
                "http://127.0.0.1:" + otherPort,
                nonces,
                upstreams,
                providers,
                issuers,
                warnings,
                trusted,
                sealingKey);
    }

    public Config with(List<UpstreamSettings> others) {
        return new Config(
                host,
                port,
                publicUrl,
                nonces,
                others,
                providers,
                issuers,
                warnings,
                trusted,
                sealingKey);
    }

    public Config withNonces(Nonces.Demand demand) {
        return new Config(
                host,
                port,
                publicUrl,
                demand,
                upstreams,
                providers,
                issuers,
                warnings,
                trusted,
                sealingKey);
    }

    public Config withProviders(List<ProviderSettings> others) {
        return new Config(
                host,
                port,
                publicUrl,
                nonces,
                upstreams,
                others,
                issuers,
                warnings,
                trusted,
                sealingKey);
    }

    public Config withIssuers(List<TrustedIssuer> others) {
        return new Config(
                host,
                port,
                publicUrl,
                nonces,
                upstreams,
                providers,
                others,
                warnings,
                trusted,
                sealingKey);
    }

    /** The same, asking these origins too. */
    public Config trusting(List<Origin> others) {
        return new Config(
                host,
                port,
                publicUrl,
                nonces,
                upstreams,
                providers,
                issuers,
                warnings,
                others,
                sealingKey);
    }

    /**
     * The one origin that people's browsers use; empty if there is none where a passkey can be
     * shown and a cookie kept safe: that takes https, or this machine. Browsers make passkeys for
     * names, not for addresses, so it is {@code localhost} there.
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
     * The names under which this gateway is asked for; a request for any other host is turned away.
     */
    public Set<String> origins() {
        Set<String> origins = new TreeSet<>();
        int scheme = publicUrl.indexOf("://") + 3;
        boolean hasPort = publicUrl.lastIndexOf(':') > scheme;
        origins.add(
                hasPort ? publicUrl : publicUrl + (publicUrl.startsWith("https") ? ":443" : ":80"));
        if (isLoopback()) {
            origins.add("http://127.0.0.1:" + port);
            origins.add("http://localhost:" + port);
        }
        return origins;
    }

    public boolean isLoopback() {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }
}
