package dev.remit.main;

import dev.remit.http.Edge;
import dev.remit.http.WebServer;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.witness.Witness;
import dev.remit.store.WitnessFolder;
import dev.remit.tlog.WitnessEdge;
import dev.remit.vault.OwnerFile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running witness of other people's logs: a folder, a key, and a port. It is no gateway. */
public final class WitnessServer implements AutoCloseable {
    private final NoteKey name;
    private final WitnessFolder book;
    private final Vertx vertx;
    private final WebServer web;

    /**
     * Starts a witness on a folder. The first start makes its key, which stays there.
     *
     * @param named what it is called, if the folder is new; else what it must be called
     * @param logs that it cosigns
     * @throws ConfigRefused if the folder is another witness's or cannot be used
     */
    public WitnessServer(
            Config.Address address,
            Path folder,
            Optional<String> named,
            List<NoteKey> logs,
            InstantSource clock) {
        this.book = WitnessFolder.at(folder.resolve("logs"));
        Identity identity;
        try {
            identity = identity(folder, named);
        } catch (IOException | GeneralSecurityException e) {
            book.close();
            throw new ConfigRefused("the witness's key in " + folder + " cannot be used");
        } catch (ConfigRefused e) {
            book.close();
            throw e;
        }
        this.name = identity.name();
        Edge edge =
                new WitnessEdge(new Witness(identity.name(), identity.secret(), logs, book), clock);
        this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        this.web = new WebServer(vertx, address.origins(), Map.of("/", edge));
        web.listen(address.host(), address.port());
    }

    /** The name and both halves of the key. */
    private record Identity(NoteKey name, PrivateKey secret) {}

    private static Identity identity(Path folder, Optional<String> named)
            throws IOException, GeneralSecurityException {
        Path secret = folder.resolve("witness.key");
        Path open = folder.resolve("key.pub");
        if (!Files.exists(secret)) {
            String name =
                    named.filter(NoteKey::isName)
                            .orElseThrow(
                                    () ->
                                            new ConfigRefused(
                                                    "a new witness needs a name without blanks,"
                                                            + " as in witness.example"));
            KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            NoteKey key = NoteKey.of(name, NoteKey.Kind.WITNESS, made.getPublic());
            OwnerFile.write(open, (key.written() + "\n").getBytes(StandardCharsets.UTF_8));
            OwnerFile.write(secret, Base64.getEncoder().encode(made.getPrivate().getEncoded()));
        }
        NoteKey key =
                NoteKey.read(Files.readString(open).strip(), NoteKey.Kind.WITNESS)
                        .filter(one -> named.isEmpty() || named.get().equals(one.name()))
                        .orElseThrow(
                                () ->
                                        new ConfigRefused(
                                                "the folder " + folder + " is another witness's"));
        byte[] pkcs8 = Base64.getDecoder().decode(Files.readString(secret).strip());
        return new Identity(
                key,
                KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    }

    /** Its public key, as logs and verifiers are told it. */
    public String key() {
        return name.written();
    }

    @Override
    public void close() {
        web.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        book.close();
    }
}
