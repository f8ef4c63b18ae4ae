package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.identity.Origin;
import dev.remit.main.Config;
import dev.remit.people.Visitor;
import dev.remit.testkit.Ports;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway with a person who has signed in and a client that publishes what it is. */
record ConsentRig(KnockedGateway gateway, PublishedClient client) implements AutoCloseable {

    static ConsentRig open(Path data) throws IOException {
        return open(data, InstantSource.system());
    }

    static ConsentRig open(Path data, InstantSource clock) throws IOException {
        return open(data, clock, config -> config);
    }

    static ConsentRig open(Path data, InstantSource clock, UnaryOperator<Config> also)
            throws IOException {
        return open(data, clock, also, new SoftPasskey());
    }

    /**
     * @param passkey what the person gets, by a link
     */
    static ConsentRig open(
            Path data, InstantSource clock, UnaryOperator<Config> also, SoftPasskey passkey)
            throws IOException {
        HttpServer documents = PublishedClient.server();
        URI origin = URI.create("http://127.0.0.1:" + documents.getAddress().getPort());
        Config config = Config.usual().on(Ports.free()).trusting(List.of(Origin.of(origin)));
        KnockedGateway gateway = new KnockedGateway(data, also.apply(config), clock);
        Visitor visitor = new Visitor(gateway);
        String link = gateway.server().firstSignIn().orElseThrow().toString();
        assertThat(visitor.welcome(link, passkey).statusCode()).isEqualTo(200);
        return new ConsentRig(gateway, new PublishedClient(gateway, visitor, documents, clock));
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
