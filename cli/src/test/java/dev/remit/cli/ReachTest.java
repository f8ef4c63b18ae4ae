package dev.remit.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.remit.testkit.AttackCase;
import org.junit.jupiter.api.Test;

/** What no text that is sent, configured or written as a rule can reach, whatever it says. */
final class ReachTest {
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.remit");

    @Test
    @AttackCase("CONFIG-007")
    void noTextBecomesAnObjectAnAddressOrAProgram() {
        ArchRule rule =
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.io\\.(ObjectInputStream|Externalizable)"
                                        + "|java\\.beans\\.XML.*|javax\\.(naming|script|el)\\..*"
                                        + "|java\\.rmi\\..*|org\\.springframework\\..*"
                                        + "|javax\\.xml\\..*")
                        .orShould()
                        .callMethod(Class.class, "forName", String.class)
                        .orShould()
                        .callMethod(
                                Class.class,
                                "forName",
                                String.class,
                                boolean.class,
                                ClassLoader.class)
                        .orShould()
                        .callMethod(ClassLoader.class, "loadClass", String.class)
                        .because("what is sent is read by a grammar of its own, and never run");
        rule.check(PRODUCT);
    }

    @Test
    @AttackCase("CONFIG-006")
    void rulesAndTemplatesReachNothingOutside() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.remit.cedar..", "dev.remit.mandate..", "dev.remit.decision..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.lang.reflect..", "javax..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.lang\\.(Process.*|Runtime|ClassLoader)"
                                + "|java\\.io\\.(File.*|RandomAccessFile|Reader|Writer)")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(PRODUCT);
    }

    @Test
    @AttackCase("CONFIG-008")
    void databasesAreAskedWithParametersInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Sql")
                .and()
                .resideOutsideOfPackage("dev.remit.bench..")
                .should()
                .callMethodWhere(
                        describe(
                                "runs a text as a statement",
                                call ->
                                        call.getTargetOwner().getName().startsWith("java.sql.")
                                                && call.getName()
                                                        .matches(
                                                                "createStatement|prepare(Statement|Call)"
                                                                        + "|execute.*|nativeSQL")))
                .check(PRODUCT);
    }
}
