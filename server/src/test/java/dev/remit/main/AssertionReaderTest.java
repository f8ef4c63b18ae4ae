package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code assertions} of the configuration. */
final class AssertionReaderTest {
    private static final String ISSUER =
            """
            assertions:
              issuers:
                - issuer: https://ci.example
            """;

    private static Config read(String below) {
        return ConfigReader.read("remit.yaml", ISSUER + below.indent(6), _ -> Optional.empty());
    }

    @Test
    void workloadsAndPeople() {
        AssertionIssuer workloads =
                read("""
                        discovery: true
                        renew: 2h
                        require: {verified: true}
                        subjects: [{match: "repo:acme/*", agent: erp}]
                        """)
                        .assertions()
                        .getFirst();
        assertThat(workloads.keys()).isEqualTo(new KeySource.Discovered("https://ci.example"));
        assertThat(workloads.audience()).isEqualTo("http://127.0.0.1:8420");
        assertThat(workloads.scope())
                .isInstanceOfSatisfying(
                        AssertionIssuer.Workloads.class,
                        terms -> {
                            assertThat(terms.renewal()).isEqualTo(Duration.ofHours(2));
                            assertThat(terms.required()).containsEntry("verified", "true");
                            assertThat(terms.subjects().getFirst().agent()).contains("erp");
                        });
        assertThat(read("jwks_uri: https://ci.example/keys\npeople: true").assertions())
                .singleElement()
                .extracting(AssertionIssuer::scope)
                .isEqualTo(new AssertionIssuer.People());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discovery: true",
                "subjects: [{match: a/b}]",
                "discovery: true\njwks_uri: https://x.example/keys\nsubjects: [{match: a/b}]",
                "discovery: false\nsubjects: [{match: a/b}]",
                "jwks_uri: http://x.example/keys\nsubjects: [{match: a/b}]",
                "keys: []\nsubjects: [{match: a/b}]",
                "keys: [{kty: oct, k: AAAA}]\nsubjects: [{match: a/b}]",
                "keys_file: /nowhere\nsubjects: [{match: a/b}]",
                "discovery: true\nsubjects: [{match: a/b*}]",
                "discovery: true\nsubjects: [{math: a/b}]",
                "discovery: true\nsubjects: [{match: a/b}]\nrenew: soon",
                "discovery: true\nsubjects: [{match: a/b}]\nmost_agents: -1",
                "discovery: true\npeople: true\nsubjects: [{match: a/b}]",
                "discovery: true\nsubjects: [{match: a/b}]\nother: 1"
            })
    void whatIsHalfSetStopsTheStart(String below) {
        assertThatThrownBy(() -> read(below))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("remit.yaml: line ");
    }
}
