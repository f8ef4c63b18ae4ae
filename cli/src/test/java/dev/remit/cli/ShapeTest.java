package dev.remit.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import dev.remit.decision.Decision;
import dev.remit.decision.Permit;
import dev.remit.gate.Gate;
import dev.remit.gate.Upstream;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Caller;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.session.Sessions;
import dev.remit.session.SignedIn;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The floors of the house and its forbidden arrows; {@code ARCHITECTURE.md} says why each is so.
 */
final class ShapeTest {
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.remit")
                    .that(not(resideInAPackage("dev.remit.testkit..")));

    private static final String[] CORE = {
        "dev.remit.call..",
        "dev.remit.identity..",
        "dev.remit.mandate..",
        "dev.remit.approval..",
        "dev.remit.conduct..",
        "dev.remit.ledger..",
        "dev.remit.decision..",
        "dev.remit.gate..",
        "dev.remit.registry..",
        "dev.remit.session..",
        "dev.remit.passport.."
    };

    @Test
    void theRulesHaveSomethingToLookAt() {
        assertThat(PRODUCT.size()).isGreaterThan(150);
        for (String floor : CORE) {
            String name = floor.replace("..", "");
            assertThat(PRODUCT.stream().anyMatch(one -> one.getPackageName().equals(name)))
                    .as(name)
                    .isTrue();
        }
        assertThat(PRODUCT.stream().anyMatch(one -> one.getPackageName().equals("dev.remit.cedar")))
                .as("the policy language")
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> theHouse() {
        return Stream.of(
                        floors(),
                        slices().matching("dev.remit.(*)..").should().beFreeOfCycles(),
                        slices().matching(
                                        "dev.remit.(gateway|access|authority|operator|people|giving|console|store|vault|rules|notice|tlog)..")
                                .should()
                                .notDependOnEachOther()
                                .because("edges do not know one another; main joins them"),
                        noClasses()
                                .that()
                                .resideInAPackage("dev.remit.gateway.upstream..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("dev.remit.gateway.mcp..")
                                .because("what faces upstreams does not know who asks"),
                        noClasses()
                                .that()
                                .resideInAPackage("dev.remit.ledger..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("dev.remit.decision..")
                                .because("the log's format outlives the judge"),
                        noClasses()
                                .that()
                                .resideInAPackage("dev.remit.decision..")
                                .should()
                                .dependOnClassesThat()
                                .haveNameMatching(".*(Book|Store|Shelf)")
                                .because("the clerk reads; the judge is read to"))
                .map(ShapeTest::test);
    }

    private static ArchRule floors() {
        return Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("commands")
                .definedBy("dev.remit.cli..", "dev.remit.connect..")
                .layer("client")
                .definedBy("dev.remit.client..")
                .layer("main")
                .definedBy("dev.remit.main..")
                .layer("edges")
                .definedBy(
                        "dev.remit.gateway..",
                        "dev.remit.access..",
                        "dev.remit.authority..",
                        "dev.remit.operator..",
                        "dev.remit.people..",
                        "dev.remit.giving..",
                        "dev.remit.console..",
                        "dev.remit.store..",
                        "dev.remit.vault..",
                        "dev.remit.model..",
                        "dev.remit.notice..",
                        "dev.remit.rules..",
                        "dev.remit.tlog..")
                .layer("assent")
                .definedBy("dev.remit.assent..")
                .layer("web")
                .definedBy("dev.remit.web..")
                .layer("http")
                .definedBy("dev.remit.http..")
                .layer("gate")
                .definedBy(
                        "dev.remit.gate..",
                        "dev.remit.registry..",
                        "dev.remit.session..",
                        "dev.remit.passport..")
                .layer("decision")
                .definedBy("dev.remit.decision..")
                .layer("ledger")
                .definedBy("dev.remit.ledger..")
                .layer("mandate")
                .definedBy("dev.remit.mandate..", "dev.remit.approval..", "dev.remit.conduct..")
                .layer("identity")
                .definedBy("dev.remit.identity..")
                .layer("call")
                .definedBy("dev.remit.call..")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("main")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("edges")
                .mayOnlyBeAccessedByLayers("main", "commands")
                .whereLayer("assent")
                .mayOnlyBeAccessedByLayers("edges", "main")
                .whereLayer("web")
                .mayOnlyBeAccessedByLayers("assent", "edges", "main")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("web", "assent", "edges", "main", "commands")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("web", "assent", "edges", "main", "commands")
                .whereLayer("decision")
                .mayOnlyBeAccessedByLayers("gate", "edges", "main", "commands")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("decision", "gate", "web", "edges", "main", "commands")
                .whereLayer("mandate")
                .mayOnlyBeAccessedByLayers(
                        "ledger", "decision", "gate", "assent", "edges", "main", "commands");
    }

    /**
     * It is for other people's programs: it brings the words with it, and nothing of the server.
     */
    @Test
    void theClient() {
        classes()
                .that()
                .resideInAPackage("dev.remit.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.remit.client..",
                        "dev.remit.call..",
                        "dev.remit.identity..",
                        "java..",
                        "org.jspecify..")
                .check(PRODUCT);
    }

    /** The policy language stands alone, and only those that judge by it know it. */
    @TestFactory
    Stream<DynamicTest> theLanguage() {
        return Stream.of(
                        classes()
                                .that()
                                .resideInAPackage("dev.remit.cedar..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "dev.remit.cedar..",
                                        "java.lang..",
                                        "java.util..",
                                        "java.time..",
                                        "org.jspecify.."),
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("dev.remit.cedar..", "dev.remit.rules..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("dev.remit.cedar.."))
                .map(ShapeTest::test);
    }

    @TestFactory
    Stream<DynamicTest> theCore() {
        return Stream.of(
                        classes()
                                .that()
                                .resideInAnyPackage(CORE)
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        Stream.concat(
                                                        Stream.of(CORE),
                                                        Stream.of(
                                                                "java.lang..",
                                                                "java.util..",
                                                                "java.time..",
                                                                "java.text",
                                                                "java.math..",
                                                                "java.security..",
                                                                "java.nio",
                                                                "java.nio.charset..",
                                                                "java.io",
                                                                "java.net",
                                                                "org.jspecify.."))
                                                .toArray(String[]::new)),
                        noClasses()
                                .that()
                                .resideInAnyPackage(CORE)
                                .should()
                                .callMethod(java.time.Instant.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(System.class, "nanoTime")
                                .orShould()
                                .callMethod(java.util.UUID.class, "randomUUID")
                                .orShould()
                                .dependOnClassesThat()
                                .haveNameMatching(
                                        "java\\.(util\\.Random|security\\.SecureRandom|net\\.(Socket|URL|http.*))")
                                .because("time and chance come in as values"))
                .map(ShapeTest::test);
    }

    @TestFactory
    Stream<DynamicTest> whoMayMakeWhat() {
        return Stream.of(
                        onlyMadeBy(Caller.class, Authenticator.class),
                        onlyMadeBy(Receipt.class, Ledger.class),
                        onlyMadeBy(SignedIn.class, Sessions.class),
                        onlyMadeBy(Permit.class, Permit.class),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.remit.decision..")
                                .should()
                                .callConstructorWhere(
                                        describe(
                                                "makes a Decision.Allow",
                                                call ->
                                                        call.getTargetOwner()
                                                                .isEquivalentTo(
                                                                        Decision.Allow.class))),
                        noClasses()
                                .that()
                                .areNotAssignableTo(Upstream.class)
                                .and()
                                .doNotHaveFullyQualifiedName(Gate.class.getName())
                                .should()
                                .callMethodWhere(
                                        describe(
                                                "forwards to an upstream",
                                                call ->
                                                        call.getName().equals("forward")
                                                                && call.getTargetOwner()
                                                                        .isAssignableTo(
                                                                                Upstream.class))))
                .map(ShapeTest::test);
    }

    private static ArchRule onlyMadeBy(Class<?> proof, Class<?> maker) {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(maker.getName())
                .should()
                .callConstructorWhere(
                        describe(
                                "makes a " + proof.getSimpleName(),
                                call -> call.getTargetOwner().isEquivalentTo(proof)));
    }

    @TestFactory
    Stream<DynamicTest> theHabits() {
        return Stream.of(
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.remit.store..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("java.sql.."),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .areAssignableTo(ThreadLocal.class),
                        classes()
                                .that()
                                .areTopLevelClasses()
                                .and()
                                .areNotInterfaces()
                                .and()
                                .doNotHaveSimpleName("package-info")
                                .should()
                                .haveModifier(JavaModifier.FINAL),
                        noClasses()
                                .should()
                                .haveNameMatching(
                                        ".*(Impl|Manager|Service|Utils?|Helper|Processor|Wrapper|DTO)|.*\\.(Abstract|Base)[A-Z].*"),
                        noClasses()
                                .should()
                                .resideInAnyPackage(
                                        "..util..",
                                        "..common..",
                                        "..helper..",
                                        "..misc..",
                                        "..impl.."),
                        fields().that()
                                .areStatic()
                                .and()
                                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                                .should()
                                .beFinal(),
                        methods()
                                .that()
                                .areDeclaredInClassesThat()
                                .resideInAnyPackage(CORE)
                                .should()
                                .notHaveRawReturnType(java.util.concurrent.CompletableFuture.class),
                        classes().that().areTopLevelClasses().should(liveWithoutNull()))
                .map(ShapeTest::test);
    }

    private static ArchCondition<JavaClass> liveWithoutNull() {
        return new ArchCondition<>("live in a package marked @NullMarked") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                boolean marked = one.getPackage().isAnnotatedWith(NullMarked.class);
                if (!marked) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    one, one.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }

    private static DynamicTest test(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PRODUCT));
    }
}
