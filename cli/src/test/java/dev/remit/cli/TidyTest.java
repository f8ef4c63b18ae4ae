package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What class files do not show: the text of the sources and of the documents beside them. */
final class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST_FILE = 400;

    @Test
    void noSwitchOverASealedTypeHasADefault() throws IOException {
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree unit : parsed(sources())) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitSwitch(SwitchTree node, @Nullable Void none) {
                    check(node.getCases(), node);
                    return super.visitSwitch(node, null);
                }

                @Override
                public @Nullable Void visitSwitchExpression(
                        SwitchExpressionTree node, @Nullable Void none) {
                    check(node.getCases(), node);
                    return super.visitSwitchExpression(node, null);
                }

                private void check(List<? extends CaseTree> cases, Tree node) {
                    if (hasLabel(cases, PatternCaseLabelTree.class)
                            && hasLabel(cases, DefaultCaseLabelTree.class)) {
                        found.add(
                                unit.getSourceFile().getName()
                                        + ": "
                                        + node.toString().lines().findFirst());
                    }
                }
            }.scan(unit, null);
        }
        assertThat(found).isEmpty();
    }

    private static boolean hasLabel(List<? extends CaseTree> cases, Class<?> kind) {
        return cases.stream().flatMap(one -> one.getLabels().stream()).anyMatch(kind::isInstance);
    }

    private static Iterable<? extends CompilationUnitTree> parsed(List<Path> files)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                manager,
                                null,
                                null,
                                null,
                                manager.getJavaFileObjectsFromPaths(files));
        return task.parse();
    }

    @Test
    void noFileIsLongerThanAPersonReads() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            try (Stream<String> lines = Files.lines(file)) {
                long length = lines.count();
                if (length > LONGEST_FILE) {
                    found.add(ROOT.relativize(file) + " has " + length + " lines");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPublicTypeSaysWhatItIs() throws IOException {
        Pattern type =
                Pattern.compile(
                        "^public (?:final |sealed |non-sealed )*(?:class|record|interface|enum) \\w+",
                        Pattern.MULTILINE);
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            var matcher = type.matcher(text);
            if (matcher.find() && !text.substring(0, matcher.start()).contains("/**")) {
                found.add(ROOT.relativize(file).toString());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void nothingIsLeftToDoWithoutAnIssue() throws IOException {
        Pattern naked = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            if (!file.endsWith("TidyTest.java") && naked.matcher(Files.readString(file)).find()) {
                found.add(ROOT.relativize(file).toString());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyDecisionRecordSaysWhatWasDecided() throws IOException {
        try (Stream<Path> records = Files.list(ROOT.resolve("docs/decisions"))) {
            List<Path> all = records.sorted().toList();
            assertThat(all).isNotEmpty();
            for (Path record : all) {
                assertThat(Files.readString(record))
                        .as(record.getFileName().toString())
                        .startsWith("# ")
                        .contains("**Status:** ");
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .toList();
            assertThat(sources.size()).as("files looked at").isGreaterThan(100);
            return sources;
        }
    }
}
