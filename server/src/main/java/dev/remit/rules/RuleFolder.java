package dev.remit.rules;

import dev.remit.call.Digest;
import dev.remit.cedar.Policies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of rules: its files {@code *.cedar}, all of them or none.
 *
 * @param fallback what becomes of a call that no rule speaks of
 */
public record RuleFolder(Path folder, Fallback fallback) {
    private static final String SUFFIX = ".cedar";
    private static final int MOST_FILES = 1_000;
    private static final long LONGEST_FILE = 1 << 20;
    private static final long LONGEST = 16 << 20;

    /** What becomes of a call that no rule speaks of. */
    public enum Fallback {
        /** The mandate alone decides. */
        PERMIT,
        /** It is refused. */
        FORBID
    }

    /** The rules as they stand there now. */
    public RuleSet read() {
        return read(texts());
    }

    /** The rules of one text, as if it were all that stands in the folder. */
    public static RuleSet ofText(String name, String text, Fallback fallback) {
        return new RuleFolder(Path.of(""), fallback).read(Map.of(name, text));
    }

    /** The rules as they stand there now, with one text more. */
    public RuleSet with(String name, String text) {
        Map<String, String> all = new TreeMap<>(texts());
        all.put(name, text);
        return read(all);
    }

    RuleSet read(Map<String, String> texts) {
        List<Rule> rules = new ArrayList<>();
        Map<String, Rule> ids = new TreeMap<>();
        texts.forEach(
                (file, text) -> {
                    switch (Policies.read(text)) {
                        case Policies.Reading.Unread(var problem) ->
                                throw new RulesUnreadable(
                                        file
                                                + ": line "
                                                + problem.line()
                                                + ", column "
                                                + problem.column()
                                                + ": "
                                                + problem.sentence());
                        case Policies.Reading.Read(var policies) ->
                                policies.all().forEach(one -> rules.add(Rule.of(one, file)));
                    }
                });
        for (Rule one : rules) {
            Rule other = ids.put(one.id(), one);
            if (other != null) {
                throw new RulesUnreadable(
                        one.place()
                                + ": `"
                                + one.id()
                                + "` is a rule already, in "
                                + other.place()
                                + "; give one of them another @id");
            }
        }
        return new RuleSet(rules, fallback);
    }

    /** The texts by the files' names, in their order. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        long length = 0;
        for (Path file : files()) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                length += bytes.length;
                if (bytes.length > LONGEST_FILE || length > LONGEST) {
                    throw new RulesUnreadable(
                            file + " is too long; a file has 1 MiB at most, all have 16");
                }
                texts.put(
                        file.toString(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            } catch (CharacterCodingException e) {
                throw new RulesUnreadable(file + " is not UTF-8; save it so");
            } catch (IOException e) {
                throw new RulesUnreadable(file + " cannot be read; let this process read it");
            }
        }
        return texts;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.sorted().toList()) {
                String name = one.getFileName().toString();
                if (name.startsWith(".")) {
                    continue; // an editor's, or a volume's own
                }
                if (Files.isDirectory(one)) {
                    throw new RulesUnreadable(
                            one + " is a folder; rules stand in one folder, move them up");
                }
                if (name.endsWith(SUFFIX)) {
                    files.add(one);
                }
            }
        } catch (IOException e) {
            throw new RulesUnreadable("the folder of rules " + folder + " cannot be read");
        }
        if (files.size() > MOST_FILES) {
            throw new RulesUnreadable(folder + " has more than " + MOST_FILES + " files");
        }
        return files;
    }

    static Digest digest(Map<String, String> texts) {
        List<byte[]> parts = new ArrayList<>();
        texts.forEach(
                (file, text) -> {
                    parts.add(Digest.of(file.getBytes(StandardCharsets.UTF_8)).bytes());
                    parts.add(Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes());
                });
        return Digest.of(parts.toArray(byte[][]::new));
    }
}
