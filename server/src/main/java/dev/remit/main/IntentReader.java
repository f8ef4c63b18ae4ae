package dev.remit.main;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Modes;
import dev.remit.decision.intent.Rule;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import dev.remit.model.ModelSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the section {@code intent}. */
final class IntentReader {
    private static final String ROOT = "/intent";

    private final ConfigReader reader;
    private final Map<Tool, Correction> corrections = new HashMap<>();

    IntentReader(ConfigReader reader) {
        this.reader = reader;
    }

    IntentSettings settings(Value.Fields top, List<UpstreamSettings> known) {
        Value.Fields section = reader.fields(top, "", "intent");
        reader.only(section, ROOT, List.of("mode", "rules", "upstreams", "model"));
        Set<String> names = known.stream().map(UpstreamSettings::name).collect(Collectors.toSet());
        Value.Fields upstreams = reader.fields(section, ROOT, "upstreams");
        Map<String, Modes.OfUpstream> each = new HashMap<>();
        for (String name : upstreams.values().keySet()) {
            String path = ROOT + "/upstreams/" + name;
            if (!names.contains(name)) {
                throw reader.refused(path, "there is no `" + name + "` under mcpServers");
            }
            Value.Fields one = reader.fields(upstreams, ROOT + "/upstreams", name);
            reader.only(one, path, List.of("mode", "rules", "tools"));
            each.put(name, modes(one, path));
            correct(one, path, name);
        }
        return new IntentSettings(
                new Modes(modes(section, ROOT), each),
                corrections,
                section.get("model").map(_ -> model(reader.fields(section, ROOT, "model"))));
    }

    private ModelSettings model(Value.Fields written) {
        String path = ROOT + "/model";
        reader.only(written, path, List.of("url", "name", "token", "looks"));
        String url =
                reader.text(written, path, "url")
                        .orElseThrow(() -> reader.refused(path, "`url` is missing"));
        if (!url.matches("https?://[a-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
            throw reader.refused(path + "/url", "it is a URL, as in http://127.0.0.1:8080/v1");
        }
        URI begins = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        if (!Origin.of(begins).isPrivate()) {
            throw reader.refused(path + "/url", "http is only for this machine; write https://…");
        }
        Set<ModelSettings.Look> looks = EnumSet.noneOf(ModelSettings.Look.class);
        for (Value one : written.items("looks")) {
            looks.add(
                    of(
                            ModelSettings.Look.class,
                            reader.scalar(one, path + "/looks"),
                            path + "/looks"));
        }
        return new ModelSettings(
                begins,
                reader.text(written, path, "name")
                        .orElseThrow(() -> reader.refused(path, "`name` is missing")),
                reader.text(written, path, "token").map(text -> token(text, path)),
                looks.isEmpty() ? EnumSet.of(ModelSettings.Look.DOUBTS) : looks);
    }

    private Secret token(String written, String path) {
        if (!written.matches("file:.+|\\$\\{(env:|file:)?[^}:]+\\}")) {
            throw reader.refused(
                    path + "/token", "write ${env:NAME} or file:/path, not the token itself");
        }
        return new Secret(reader.expand(written, path + "/token", "token"));
    }

    private Modes.OfUpstream modes(Value.Fields section, String path) {
        Map<Rule, Mode> rules = new HashMap<>();
        Value.Fields written = reader.fields(section, path, "rules");
        for (String name : written.values().keySet()) {
            String at = path + "/rules/" + name;
            Rule rule =
                    Stream.of(Rule.values())
                            .filter(one -> one.verdict() != Rule.Verdict.ALLOW)
                            .filter(one -> one.code().equals(name))
                            .findFirst()
                            .orElseThrow(() -> reader.refused(at, "there is no such rule"));
            rules.put(rule, mode(reader.text(written, path + "/rules", name).orElse(""), at));
        }
        Optional<Mode> usual =
                reader.text(section, path, "mode").map(text -> mode(text, path + "/mode"));
        return new Modes.OfUpstream(usual, rules);
    }

    private Mode mode(String text, String path) {
        return Mode.of(text)
                .orElseThrow(() -> reader.refused(path, "a mode is observe, warn or enforce"));
    }

    private void correct(Value.Fields upstream, String above, String name) {
        String path = above + "/tools";
        Value.Fields tools = reader.fields(upstream, above, "tools");
        for (String tool : tools.values().keySet()) {
            String at = path + "/" + tool;
            if (!Tool.isName(tool)) {
                throw reader.refused(at, "this is no tool's name");
            }
            Value.Fields written = reader.fields(tools, path, tool);
            reader.only(written, at, List.of("effects", "arguments"));
            Set<Effect> effects = EnumSet.noneOf(Effect.class);
            for (Value one : written.items("effects")) {
                effects.add(of(Effect.class, reader.scalar(one, at + "/effects"), at + "/effects"));
            }
            Map<String, ArgumentRole> roles = new HashMap<>();
            Value.Fields arguments = reader.fields(written, at, "arguments");
            for (String argument : arguments.values().keySet()) {
                String there = at + "/arguments/" + argument;
                roles.put(
                        argument,
                        of(
                                ArgumentRole.class,
                                reader.text(arguments, at + "/arguments", argument).orElse(""),
                                there));
            }
            if (effects.isEmpty() && roles.isEmpty()) {
                throw reader.refused(at, "a correction has `effects`, `arguments` or both");
            }
            corrections.put(new Tool(name, tool), new Correction(effects, roles));
        }
    }

    private <E extends Enum<E>> E of(Class<E> words, String text, String path) {
        List<String> known = new ArrayList<>();
        for (E one : words.getEnumConstants()) {
            String code = one.name().toLowerCase(Locale.ROOT);
            if (code.equals(text)) {
                return one;
            }
            known.add(code);
        }
        throw reader.refused(path, "it is one of " + String.join(", ", known));
    }
}
