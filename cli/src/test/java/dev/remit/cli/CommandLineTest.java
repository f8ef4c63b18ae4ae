package dev.remit.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.testkit.AttackCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What no command does, whatever is typed: take a secret, or hand words to a shell. */
final class CommandLineTest {
    /** Those that sound like a secret and are none, each with why. */
    private static final Set<String> PUBLIC =
            Set.of(
                    "--code CODE", // good once, for ten minutes, and bound to the key that uses it
                    "--key KEY", // a log's public key
                    "--key THUMBPRINT",
                    "--to KEY", // a helper's public key
                    "--keystore STORE", // a file; its password is in another
                    "--token-endpoint URL",
                    "--subject-token-type URN",
                    "--use tokens|passports|log",
                    "--witness KEY",
                    "--log KEY");

    @Test
    @AttackCase("CLI-006")
    void noOptionTakesASecret() {
        List<ArgSpec> all = new ArrayList<>();
        gather(Remit.commandLine().getCommandSpec(), all);
        assertThat(all).hasSizeGreaterThan(100);
        List<String> secret =
                all.stream()
                        .filter(one -> one.arity().max() > 0)
                        .map(CommandLineTest::said)
                        .filter(CommandLineTest::soundsSecret)
                        .filter(one -> !one.contains("FILE"))
                        .filter(one -> !PUBLIC.contains(one))
                        .distinct()
                        .toList();
        assertThat(secret).isEmpty();
        assertThat(all.stream().map(CommandLineTest::said))
                .as("what a secret comes by instead")
                .contains("--secret-file FILE", "--keystore-password-file FILE");
        assertThat(soundsSecret("--client-secret TEXT")).as("it would be found").isTrue();
    }

    private static void gather(CommandSpec command, List<ArgSpec> all) {
        all.addAll(command.args());
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .forEach(one -> gather(one, all));
    }

    private static String said(ArgSpec one) {
        String name =
                one instanceof CommandLine.Model.OptionSpec option
                        ? option.longestName() + " "
                        : "";
        return name + one.paramLabel();
    }

    private static boolean soundsSecret(String said) {
        String words = said.toLowerCase(Locale.ROOT);
        return words.matches(
                ".*(secret|passw|passphrase|token|credential|private|bearer|api.?key|\\bkey|code|\\bpin\\b).*");
    }

    /** No request, answer or description of a server says what is to be run. */
    @Test
    @AttackCase({"TOOL-015", "TOOL-016"})
    void onlyTheConfigurationNamesPrograms() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.remit.main.ServerReader") // the configuration
                .and()
                .doNotHaveFullyQualifiedName("dev.remit.cli.RunCommand") // remit run -- PROGRAM
                .and()
                .doNotHaveFullyQualifiedName("dev.remit.cli.demo.OfficeBuilding")
                .and()
                .doNotHaveFullyQualifiedName(UpstreamSettings.Stdio.class.getName()) // itself
                .should()
                .callConstructorWhere(
                        JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(
                                        HasName.Predicates.name(
                                                UpstreamSettings.Stdio.class.getName()))))
                .check(
                        new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("dev.remit"));
    }

    @Test
    @AttackCase("CLI-001")
    void onlyTheseStartPrograms() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.remit.cli.terminal.TerminalKeys") // stty
                .and()
                .doNotHaveFullyQualifiedName("dev.remit.cli.demo.OfficeBuilding") // the demo's own
                .and() // what the operator's configuration says
                .doNotHaveFullyQualifiedName("dev.remit.gateway.upstream.Program")
                .should()
                .callConstructor(ProcessBuilder.class, String[].class)
                .orShould()
                .callConstructor(ProcessBuilder.class, List.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.Desktop")
                .check(
                        new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages(
                                        "dev.remit.cli",
                                        "dev.remit.connect",
                                        "dev.remit.client",
                                        "dev.remit.main",
                                        "dev.remit.operator",
                                        "dev.remit.gateway"));
    }
}
