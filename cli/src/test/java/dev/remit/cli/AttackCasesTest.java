package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference/attack-cases.md} says which test tries which case. It is made from the
 * tests; {@code -Dremit.write=true} writes it anew.
 */
final class AttackCasesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REPORT = ROOT.resolve("docs/reference/attack-cases.md");
    private static final Path CASES = Path.of("src/test/resources/attack-cases.txt");
    private static final Pattern ID = Pattern.compile("\\b[A-Z]{2,7}-[0-9]{3}\\b");
    private static final Set<String> MARKERS = Set.of("AttackCase", "DisplayName");

    /** A case that must be tried, or why it is not. */
    private record Case(String id, String name, String notYet) {}

    @Test
    void theReportSaysWhatTheTestsTry() throws IOException {
        Map<String, Set<String>> tests = tests();
        List<Case> cases = cases();
        for (Case one : cases) {
            assertThat(tests.containsKey(one.id()))
                    .as("%s is tried, or a reason is given why not; not both", one.id())
                    .isEqualTo(one.notYet().isEmpty());
        }
        Set<String> areas = new TreeSet<>();
        cases.forEach(one -> areas.add(area(one.id())));
        List<String> known = cases.stream().map(Case::id).toList();
        assertThat(tests.keySet())
                .allSatisfy(
                        id -> assertThat(!areas.contains(area(id)) || known.contains(id)).isTrue());
        String report = report(cases, tests, areas);
        if (Boolean.getBoolean("remit.write")) {
            Files.writeString(REPORT, report);
        }
        assertThat(REPORT).as("run with -Dremit.write=true").content().isEqualTo(report);
    }

    private static String report(
            List<Case> cases, Map<String, Set<String>> tests, Set<String> areas) {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Attack cases and their tests

                        Made from the tests by `AttackCasesTest`; not written by hand. A test says which cases it tries with
                        `@AttackCase`, or at the start of its display name. *Refused* is asserted as one thing everywhere
                        ([invariants](invariants.md)), and beside each attack stands what must be allowed.

                        | case | what | test |
                        |---|---|---|
                        """);
        for (Case one : cases) {
            String by =
                    one.notYet().isEmpty()
                            ? String.join(", ", tests.getOrDefault(one.id(), Set.of()))
                            : "not yet: " + one.notYet();
            text.append("| %s | %s | %s |\n".formatted(one.id(), one.name(), by));
        }
        text.append(
                "\n## Of areas that are not covered as a whole\n\n| case | test |\n|---|---|\n");
        tests.forEach(
                (id, by) -> {
                    if (!areas.contains(area(id))) {
                        text.append("| %s | %s |\n".formatted(id, String.join(", ", by)));
                    }
                });
        return text.toString();
    }

    private static String area(String id) {
        return id.substring(0, id.indexOf('-'));
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(CASES)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split("\\|", -1);
                cases.add(new Case(parts[0].strip(), parts[1].strip(), parts[2].strip()));
            }
        }
        return cases;
    }

    /** By case: the tests that say they try it. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (CompilationUnitTree unit : parsed()) {
            new TreeScanner<@Nullable Void, String>() {
                @Override
                public @Nullable Void visitClass(ClassTree node, String outer) {
                    return super.visitClass(node, outer + node.getSimpleName() + ".");
                }

                @Override
                public @Nullable Void visitMethod(MethodTree node, String outer) {
                    for (AnnotationTree one : node.getModifiers().getAnnotations()) {
                        if (MARKERS.contains(one.getAnnotationType().toString())) {
                            ID.matcher(one.getArguments().toString())
                                    .results()
                                    .map(MatchResult::group)
                                    .forEach(id -> add(id, outer + node.getName()));
                        }
                    }
                    return super.visitMethod(node, outer);
                }

                private void add(String id, String test) {
                    tests.computeIfAbsent(id, _ -> new TreeSet<>()).add("`" + test + "`");
                }
            }.scan(unit, "");
        }
        return tests;
    }

    private static Iterable<? extends CompilationUnitTree> parsed() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/test/"))
                            .sorted()
                            .toList();
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
            return ((JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    null,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(sources)))
                    .parse();
        }
    }
}
