package dev.remit.vault;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.identity.SigningKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The private halves of the gateway's own keys, and its other secrets, sealed in a folder: a file
 * for each, whose name and label say what it is for. No key is ever written over another.
 */
public final class OwnKeys implements SigningKeys.Privates {
    private static final int SECRET = 32;

    private final Path folder;
    private final Sealer sealer;
    private final Map<Jwk, PrivateKey> opened = new ConcurrentHashMap<>();

    public OwnKeys(Path folder, Sealer sealer) {
        this.folder = folder;
        this.sealer = sealer;
    }

    /** A key's file, {@code tokens-2-….sealed}. */
    private record Named(KeyUse use, long number, String kid) {
        private static final Pattern FORM =
                Pattern.compile("([a-z]+)-([1-9][0-9]{0,8})-([A-Za-z0-9_-]{43})\\.sealed");

        static Optional<Named> of(Path file) {
            Matcher form = FORM.matcher(String.valueOf(file.getFileName()));
            return form.matches()
                    ? KeyUse.of(form.group(1))
                            .map(
                                    use ->
                                            new Named(
                                                    use,
                                                    Long.parseLong(form.group(2)),
                                                    form.group(3)))
                    : Optional.empty();
        }

        String text() {
            return use.text() + "-" + number + "-" + kid + ".sealed";
        }

        Label label() {
            return Label.ofKey(use, number, kid);
        }
    }

    /** A secret's file, {@code state.secret}. */
    private Path secretFile(String name) {
        return folder.resolve(name + ".secret");
    }

    /** A fresh key, sealed and durable before anybody has it. */
    public KeyPair make(KeyUse use, long number) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Jwk key = Jwk.of(keys.getPublic());
            Named named = new Named(use, number, SigningKeys.kid(key));
            seal(folder.resolve(named.text()), named.label(), text(keys));
            opened.put(key, keys.getPrivate());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }

    /** The keys of a use that lie here, as many as there are. */
    public List<KeyPair> all(KeyUse use) {
        return named(use).map(one -> open(one)).toList();
    }

    /**
     * The private half of a key.
     *
     * @throws KeysUnusable if it is not here or does not open
     */
    @Override
    public PrivateKey of(OwnKey key) {
        PrivateKey known = opened.get(key.key());
        return known != null ? known : find(key);
    }

    private PrivateKey find(OwnKey key) {
        Named named = new Named(key.use(), key.number(), SigningKeys.kid(key.key()));
        if (!Files.exists(folder.resolve(named.text()))) {
            throw new KeysUnusable(
                    "by the ledger, "
                            + folder.resolve(named.text())
                            + " holds the key for "
                            + key.use().text()
                            + ", and it is gone; put back the folder `keys` that belongs to the"
                            + " ledger");
        }
        return open(named).getPrivate();
    }

    private KeyPair open(Named named) {
        Path file = folder.resolve(named.text());
        try {
            ByteBuffer content = ByteBuffer.wrap(open(file, named.label()));
            byte[] open = new byte[content.getInt()];
            byte[] secret = new byte[content.remaining() - open.length];
            content.get(open).get(secret);
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            KeyPair keys =
                    new KeyPair(
                            factory.generatePublic(new X509EncodedKeySpec(open)),
                            factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
            opened.put(Jwk.of(keys.getPublic()), keys.getPrivate());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was sealed as a key is none", e);
        }
    }

    /**
     * A secret of 32 bytes.
     *
     * @param mayMake whether there can be none yet
     * @throws KeysUnusable if there is none and there must be, or it does not open
     */
    public byte[] secret(String name, boolean mayMake) {
        Path file = secretFile(name);
        if (Files.exists(file)) {
            return open(file, Label.ofSecret(name));
        }
        if (!mayMake) {
            throw new KeysUnusable(
                    file + " is gone; put back the folder `keys` that belongs to the ledger");
        }
        byte[] secret = new byte[SECRET];
        new SecureRandom().nextBytes(secret);
        seal(file, Label.ofSecret(name), secret);
        return secret;
    }

    /** Erases the private halves of a use's other keys: of those replaced, or never introduced. */
    void keepOnly(OwnKey wanted) {
        String kid = SigningKeys.kid(wanted.key());
        named(wanted.use()).filter(one -> !one.kid().equals(kid)).forEach(this::erase);
    }

    private void erase(Named named) {
        try {
            OwnerFile.remove(folder.resolve(named.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals everything again, under the newest key; how much there was. */
    int sealAnew() {
        int contents = 0;
        for (Path file : files(folder)) {
            Optional<Label> label = label(file);
            if (label.isPresent()) {
                seal(file, label.get(), open(file, label.get()));
                contents++;
            }
        }
        return contents;
    }

    private static Optional<Label> label(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".secret")
                ? Optional.of(Label.ofSecret(name.substring(0, name.length() - 7)))
                : Named.of(file).map(Named::label);
    }

    private void seal(Path file, Label label, byte[] content) {
        try {
            OwnerFile.write(file, sealer.seal(label, content));
        } catch (GeneralSecurityException e) {
            throw new KeysUnusable("the sealing key does not seal: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private byte[] open(Path file, Label label) {
        try {
            return sealer.open(label, Files.readAllBytes(file));
        } catch (GeneralSecurityException e) {
            throw new KeysUnusable(
                    file
                            + " does not open: it was sealed under another sealing key, or as"
                            + " something else, or was changed. Start with the sealing key it was"
                            + " sealed under, or put back the folder `keys` that belongs to the"
                            + " ledger; nothing was written over");
        } catch (IOException e) {
            throw new KeysUnusable(file + " cannot be read: " + e.getMessage());
        }
    }

    private Stream<Named> named(KeyUse use) {
        return files(folder).stream()
                .flatMap(file -> Named.of(file).stream())
                .filter(one -> one.use() == use);
    }

    /** Whether anything sealed lies in the folder. */
    public static boolean isSealedIn(Path folder) {
        return files(folder).stream().anyMatch(file -> label(file).isPresent());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    private static byte[] text(KeyPair keys) {
        byte[] open = keys.getPublic().getEncoded();
        byte[] secret = keys.getPrivate().getEncoded();
        return ByteBuffer.allocate(Integer.BYTES + open.length + secret.length)
                .putInt(open.length)
                .put(open)
                .put(secret)
                .array();
    }
}
