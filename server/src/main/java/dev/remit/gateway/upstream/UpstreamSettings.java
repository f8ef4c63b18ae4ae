package dev.remit.gateway.upstream;

import dev.remit.gate.Demands;
import dev.remit.identity.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one upstream is reached, and what it may do. Its text shows no secret. */
public sealed interface UpstreamSettings {
    /** The name that people write in permissions. */
    String name();

    Terms terms();

    /**
     * A program that is started once for each agent and speaks over its standard streams.
     *
     * @param environment what the program gets besides {@code PATH}, {@code HOME}, {@code LANG} and
     *     {@code TMPDIR}
     * @param folder where it is started; empty means where the gateway was
     * @param hidden what of the environment must not come back
     */
    record Stdio(
            String name,
            String command,
            List<String> arguments,
            Map<String, String> environment,
            Optional<Path> folder,
            Terms terms,
            List<Secret> hidden)
            implements UpstreamSettings {
        public Stdio {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            hidden = List.copyOf(hidden);
        }

        /** A program with no secrets in its environment. */
        public Stdio(
                String name,
                String command,
                List<String> arguments,
                Map<String, String> environment,
                Optional<Path> folder,
                Terms terms) {
            this(name, command, arguments, environment, folder, terms, List.of());
        }

        @Override
        public String toString() {
            return name + " (" + command + ")";
        }
    }

    /**
     * A server that is reached over Streamable HTTP.
     *
     * @param headers credentials and the like; sent with every request, shown to nobody
     * @param hidden what of the headers must not come back
     */
    record Http(String name, URI url, Map<String, String> headers, Terms terms, List<Secret> hidden)
            implements UpstreamSettings {
        /** A server all of whose headers are secret. */
        public Http(String name, URI url, Map<String, String> headers, Terms terms) {
            this(
                    name,
                    url,
                    headers,
                    terms,
                    headers.values().stream()
                            .map(value -> new Secret(value.substring(value.lastIndexOf(' ') + 1)))
                            .toList());
        }

        public Http {
            headers = Map.copyOf(headers);
            hidden = List.copyOf(hidden);
            boolean plain =
                    url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getFragment() == null
                            && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
            if (!plain) {
                throw new IllegalArgumentException(
                        "the upstream `" + name + "` needs a URL of the form https://host/path");
            }
        }

        @Override
        public String toString() {
            return name + " (" + url.getHost() + ")";
        }
    }

    /**
     * What holds for an upstream of either kind.
     *
     * @param silence how long it may say nothing while a call is under way
     * @param longest how long a call may take in all
     * @param idle a program that nobody called for so long is stopped
     * @param listing how long a list of tools is relied on before it is asked for again
     * @param message the longest message that is read, in bytes
     * @param programs the most programs that run at a time
     * @param sampling whether it may have the agent's model complete a text
     * @param roots whether it may ask which folders the agent works in
     * @param demands which sign-in its calls must go back to
     */
    record Terms(
            Duration silence,
            Duration longest,
            Duration idle,
            Duration listing,
            int message,
            int programs,
            boolean sampling,
            boolean roots,
            Demands.OfUpstream demands) {
        public static final Terms USUAL =
                new Terms(
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(60),
                        16 * 1024 * 1024,
                        32,
                        false,
                        false,
                        Demands.OfUpstream.NOTHING);

        public Terms withSilence(Duration changed) {
            return new Terms(
                    changed, longest, idle, listing, message, programs, sampling, roots, demands);
        }

        public Terms withAsking(boolean forSampling, boolean forRoots) {
            return new Terms(
                    silence,
                    longest,
                    idle,
                    listing,
                    message,
                    programs,
                    forSampling,
                    forRoots,
                    demands);
        }

        public Terms with(Demands.OfUpstream changed) {
            return new Terms(
                    silence, longest, idle, listing, message, programs, sampling, roots, changed);
        }
    }
}
