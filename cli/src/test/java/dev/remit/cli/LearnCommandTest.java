package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.ledger.Event;
import dev.remit.main.TemplateFolder;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.template.Template;
import dev.remit.testkit.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on record becomes a template, once a person says so. */
final class LearnCommandTest {
    @TempDir private Path home;
    @TempDir private Path data;

    private Mandate record() throws Exception {
        return Recorded.in(
                data,
                sample -> {
                    Mandate mandate = sample.ready("a");
                    sample.append(new Event.ToolPinned(sample.pin("up.other"), "x"));
                    Mandate wide =
                            mandate.with(
                                    new Permissions(
                                            List.of(
                                                    permission("free", "up.*"),
                                                    permission("never", "up.tool"))),
                                    mandate.limits());
                    sample.append(new Event.MandateChanged(wide, "x"));
                    for (String call : List.of("one", "two", "open")) {
                        sample.append(sample.allowed(wide, "free", call));
                        if (!call.equals("open")) {
                            sample.append(Sample.concluded(new CallId("call_" + call)));
                        }
                    }
                    sample.append(sample.refused(wide, 0, "four"));
                    sample.append(new Event.MandateGiven(sample.mandate("a", "b")));
                    sample.append(sample.allowed(sample.mandate("a", "b"), "free", "beside"));
                    sample.append(Sample.concluded(new CallId("call_beside")));
                    return mandate;
                });
    }

    private static Permission permission(String name, String tools) {
        return new Permission(name, new Glob(tools), Map.of(), OptionalLong.empty());
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
                .contains("no longer allowed: up.other\n")
                .doesNotContain("open", "four", "beside");
        assertThat(TemplateFolder.of(data).names()).isEmpty();

        assertThat(learn(mandate, "--accept", "agenda").status()).isZero();
        Template kept = TemplateFolder.of(data).template("agenda").orElseThrow();
        assertThat(kept.fill(Map.of()).permissions().all()).hasSize(1);
        assertThat(learn("--template", "agenda").status()).isNotZero();
        assertThat(learn().err()).contains("name mandates");
        assertThat(learn(mandate, "--template", "agenda").err()).contains("name mandates");
        assertThat(learn(mandate, "--accept", "../x").err()).contains("a-z");
    }
}
