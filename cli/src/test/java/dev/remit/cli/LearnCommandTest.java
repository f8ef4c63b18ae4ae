package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.main.TemplateFolder;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.template.Template;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.Sample;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on record becomes a template, once a person says so. */
final class LearnCommandTest {
    @TempDir private Path home;
    @TempDir private Path data;

    private Mandate record() throws Exception {
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data,
                        new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()),
                        "learn/log",
                        InstantSource.system(),
                        "test")) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            for (String call : List.of("one", "two", "open")) {
                sample.append(sample.allowed(mandate, "free", call));
                if (!call.equals("open")) {
                    sample.append(Sample.concluded(new CallId("call_" + call)));
                }
            }
            sample.append(sample.refused(mandate, false, "four"));
            return mandate;
        }
    }

    private Commands.Ran learn(String... more) throws Exception {
        String[] all = new String[4 + more.length];
        all[0] = "mandate";
        all[1] = "learn";
        all[2] = "--data";
        all[3] = data.toString();
        System.arraycopy(more, 0, all, 4, more.length);
        return new Commands(home).run(all);
    }

    @Test
    void itIsProposedAndKeptOnlyWhenAPersonAccepts() throws Exception {
        String mandate = record().id().text();
        Commands.Ran proposed = learn(mandate);
        assertThat(proposed.status()).isZero();
        assertThat(proposed.out())
                .contains("learned from 2 calls", "one of [\"/agenda/one\",\"/agenda/two\"]")
                .contains("never used, no longer allowed")
                .doesNotContain("open", "four");
        assertThat(TemplateFolder.of(data).names()).isEmpty();

        assertThat(learn(mandate, "--accept", "agenda").status()).isZero();
        Template kept = TemplateFolder.of(data).template("agenda").orElseThrow();
        assertThat(kept.fill(Map.of()).permissions().all()).hasSize(1);
        assertThat(learn("--template", "agenda").status()).isNotZero();
        assertThat(learn().err()).contains("name mandates");
        assertThat(learn(mandate, "--accept", "../x").err()).contains("a-z");
    }
}
