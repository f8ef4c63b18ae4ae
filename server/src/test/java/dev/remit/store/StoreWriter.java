package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.Sample;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A process that writes to a store from 64 threads until it is killed, and says on its output what
 * was acknowledged.
 */
final class StoreWriter {
    private static final int CALLERS = 64;

    private StoreWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedStore store = open(Path.of(arguments[0]));
        String run = arguments[1];
        Sample sample = new Sample(store);
        Thread[] callers = new Thread[CALLERS];
        for (int caller = 0; caller < CALLERS; caller++) {
            String name = run + "-" + caller;
            callers[caller] = Thread.ofVirtual().start(() -> write(store, sample, name));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private static void write(EmbeddedStore store, Sample sample, String name) {
        append(store, sample.draft(new Event.AgentAdded(sample.agent(name), "x")));
        sample.enrol(name, "1");
        append(store, sample.draft(new Event.ToolPinned(sample.pin("up.tool"), "x")));
        Mandate few = sample.mandate(name, name);
        Mandate mandate = few.with(few.permissions(), Sample.limits(1_000_000));
        append(store, sample.draft(new Event.MandateGiven(mandate)));
        for (int i = 0; true; i++) {
            Event.Decided decided = sample.allowed(mandate, "free", name + "_" + i);
            append(store, sample.draft(decided));
            append(store, sample.draft(Sample.concluded(decided.call())));
        }
    }

    private static void append(EmbeddedStore store, Draft draft) {
        if (!(store.append(draft) instanceof Stored.At(long index))) {
            throw new IllegalStateException("objected to " + draft.event());
        }
        PrintStream out = System.out;
        out.print(index + " " + draft.leafHash().hex() + ";\n");
        out.flush();
    }

    /** The allowed call that an event is about. */
    static Optional<CallId> call(Event event) {
        if (event instanceof Event.Decided decided
                && decided.ruling() instanceof Event.Ruling.Allowed) {
            return Optional.of(decided.call());
        }
        return event instanceof Event.Concluded concluded
                ? Optional.of(concluded.call())
                : Optional.empty();
    }

    /** Opens with a key that every run of this test has: that of RFC 8032, section 7.1. */
    static EmbeddedStore open(Path data) {
        try {
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            PrivateKey key =
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(
                                    HexFormat.of()
                                            .parseHex(
                                                    "302e020100300506032b657004220420"
                                                            + "9d61b19deffd5a60ba844af492ec2cc4"
                                                            + "4449c5697b326919703bac031cae7f60")));
            PublicKey publicKey =
                    keys.generatePublic(
                            new X509EncodedKeySpec(
                                    HexFormat.of()
                                            .parseHex(
                                                    "302a300506032b6570032100"
                                                            + "d75a980182b10ab7d54bfed3c964073a"
                                                            + "0ee172f3daa62325af021a68f707511a")));
            return EmbeddedStore.open(
                    data,
                    new LogKeys(new KeyPair(publicKey, key)),
                    "remit.test/kills",
                    InstantSource.system(),
                    "test");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
