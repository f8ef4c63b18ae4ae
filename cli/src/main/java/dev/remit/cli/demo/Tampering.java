package dev.remit.cli.demo;

import dev.remit.store.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies the ledger, checks the copy, and checks it again after changing one byte of it. */
final class Tampering {
    private static final String LEDGER = "ledger";

    private final Path copy;

    Tampering(Path data) throws IOException {
        copy = data.resolveSibling("copy");
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(data.resolve(LEDGER))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }

    boolean isIntact() {
        return Verification.of(copy, Optional.empty()).isSound();
    }

    boolean isChangeFound() throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            Path segment =
                    files.filter(file -> file.toString().endsWith(".seg"))
                            .findFirst()
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("not-permitted");
            bytes[at] ^= 1;
            Files.write(segment, bytes);
        }
        return !Verification.of(copy, Optional.empty()).isSound();
    }
}
