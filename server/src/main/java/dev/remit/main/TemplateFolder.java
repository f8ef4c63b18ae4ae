package dev.remit.main;

import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateBook;
import dev.remit.mandate.template.TemplateFault;
import dev.remit.mandate.template.TemplateText;
import dev.remit.mandate.template.TemplateYaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The templates of a gateway: {@code templates/NAME.yaml} in its data folder, each read when it is
 * asked for.
 */
public final class TemplateFolder implements TemplateBook {
    private static final String ENDING = ".yaml";
    private static final int LONGEST = 64 * 1024;
    private static final int MOST = 1_000;

    private final Path folder;

    private TemplateFolder(Path folder) {
        this.folder = folder;
    }

    /** Those in this data folder. */
    public static TemplateFolder of(Path data) {
        return new TemplateFolder(data.resolve("templates"));
    }

    @Override
    public Optional<Template> template(String name) {
        return Optional.of(name)
                .filter(Template::isName)
                .map(one -> folder.resolve(one + ENDING))
                .filter(Files::exists)
                .map(TemplateFolder::read);
    }

    @Override
    public List<String> names() {
        return files().stream()
                .map(one -> name(String.valueOf(one.getFileName())))
                .filter(Template::isName)
                .toList();
    }

    /** Its files, in order, those that cannot be read among them. */
    public List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(one -> String.valueOf(one.getFileName()).endsWith(ENDING))
                    .sorted()
                    .limit(MOST)
                    .toList();
        } catch (IOException _) {
            return List.of(); // there is no such folder
        }
    }

    /** Writes it to its file, whole, in the place of one that may be there; gives the file. */
    public Path keep(Template template) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(template.name() + ENDING);
        Path whole = Files.createTempFile(folder, "." + template.name(), ".new");
        try {
            Files.writeString(whole, TemplateYaml.write(template));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
        return file;
    }

    private static String name(String file) {
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }

    /**
     * Reads one file; the template is called as it is.
     *
     * @throws TemplateFault which says where the fault stands
     */
    public static Template read(Path file) {
        String called = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new TemplateFault(
                        "", called + ": a file of " + LONGEST + " bytes at most is expected");
            }
            return read(name(called), called, Files.readString(file));
        } catch (CharacterCodingException _) {
            throw new TemplateFault("", called + ": the file is not in UTF-8");
        } catch (IOException _) {
            throw new TemplateFault("", called + ": the file cannot be read");
        }
    }

    private static Template read(String name, String file, String text) {
        try {
            Yaml yaml = Yaml.read(file, text);
            try {
                return TemplateText.read(name, yaml.value());
            } catch (TemplateFault fault) {
                Yaml.Place at = yaml.place(fault.path());
                throw new TemplateFault(
                        fault.path(),
                        file
                                + ": line "
                                + at.line()
                                + ", column "
                                + at.column()
                                + ": "
                                + fault.message());
            }
        } catch (ConfigRefused unread) {
            throw new TemplateFault("", String.valueOf(unread.getMessage()));
        }
    }
}
