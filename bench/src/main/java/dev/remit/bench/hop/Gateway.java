package dev.remit.bench.hop;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.main.Config;
import dev.remit.main.Crypto;
import dev.remit.main.Server;
import java.net.URI;
import java.nio.file.Path;
import java.security.Security;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The gateway under measurement: {@code Gateway bare|fast|jdk PORT UPSTREAM DATA}.
 *
 * <p>{@code fast} and {@code jdk} are the product as it runs, with the fast signatures and with the
 * platform's own. {@code bare} checks no signature and keeps its ledger in memory.
 */
final class Gateway {
    static final String UPSTREAM = "docs";

    private Gateway() {}

    public static void main(String[] arguments) throws Exception {
        String kind = arguments[0];
        UpstreamSettings upstream =
                new UpstreamSettings.Http(
                        UPSTREAM, URI.create(arguments[2]), Map.of(), UpstreamSettings.Terms.USUAL);
        Config config = Config.usual().on(Integer.parseInt(arguments[1])).with(List.of(upstream));
        Path data = Path.of(arguments[3]);
        if (!kind.equals("jdk") && !Crypto.preferFast()) {
            System.err.println("bench: the fast signatures cannot be loaded here");
            System.exit(1);
        }
        if (kind.equals("bare")) {
            Security.insertProviderAt(new Credulous(), 1);
            new BareServer(config, data);
        } else {
            new Server(config, data, InstantSource.system());
        }
        Processes.readyUntilInputEnds();
    }
}
