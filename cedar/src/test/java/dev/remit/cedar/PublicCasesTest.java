package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every answer of the language's public integration tests, right to the policies that failed. */
final class PublicCasesTest {
    @Test
    void thoseKeptHereAreAnsweredAsTheirAuthorsDo() throws IOException {
        PublicCases cases = new PublicCases(Path.of("src/test/resources/public"));
        cases.run("tests");
        cases.run("corpus-tests");
        assertThat(cases.wrong()).isEmpty();
        assertThat(cases.requests()).isGreaterThan(700);
        assertThat(cases.failing()).isGreaterThan(100);
    }

    /**
     * The folder holds {@code tests}, {@code sample-data} and the unpacked {@code corpus-tests}.
     */
    @Test
    @EnabledIfSystemProperty(named = "remit.cedar.corpus", matches = ".+")
    void theWholeOfThemIsAnsweredAsTheirAuthorsDo() throws IOException {
        PublicCases cases = new PublicCases(Path.of(System.getProperty("remit.cedar.corpus")));
        cases.run("tests");
        cases.run("corpus-tests");
        System.out.printf(
                "%d files, %d requests, %d of them with errors, %d wrong%n",
                cases.files(), cases.requests(), cases.failing(), cases.wrong().size());
        assertThat(cases.wrong()).isEmpty();
        assertThat(cases.requests()).isGreaterThan(60_000);
    }
}
