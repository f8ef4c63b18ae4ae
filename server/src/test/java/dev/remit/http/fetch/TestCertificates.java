package dev.remit.http.fetch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Key stores with self-signed certificates, made by the JDK's own tool. */
final class TestCertificates {
    static final String PASSWORD = "password";

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    void make(String name, String alternative, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=" + alternative,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store(name).toString()));
        command.addAll(List.of(more));
        Process tool = new ProcessBuilder(command).inheritIO().start();
        if (tool.waitFor() != 0) {
            throw new AssertionError("keytool failed");
        }
    }
}
