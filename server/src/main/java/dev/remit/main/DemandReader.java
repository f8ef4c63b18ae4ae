package dev.remit.main;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Demands;
import dev.remit.identity.SignInDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which sign-in the calls of an upstream must go back to: its {@code requires}. */
final class DemandReader {
    private static final String REQUIRES = "requires";

    private final ConfigReader reader;

    DemandReader(ConfigReader reader) {
        this.reader = reader;
    }

    Demands.OfUpstream demands(Value.Fields upstream, String path) {
        Value.Fields tools = reader.fields(upstream, path, "tools");
        Map<String, SignInDemand> named = new HashMap<>();
        for (String name : tools.values().keySet()) {
            String at = path + "/tools/" + name;
            if (!Tool.isName(name)) {
                throw reader.refused(at, "this is no tool's name");
            }
            Value.Fields tool = reader.fields(tools, path + "/tools", name);
            reader.only(tool, at, List.of(REQUIRES));
            named.put(
                    name,
                    demand(tool, at)
                            .orElseThrow(() -> reader.refused(at, "`requires` is missing")));
        }
        return new Demands.OfUpstream(demand(upstream, path).orElse(SignInDemand.NONE), named);
    }

    private Optional<SignInDemand> demand(Value.Fields of, String above) {
        if (of.get(REQUIRES).isEmpty()) {
            return Optional.empty();
        }
        String path = above + "/" + REQUIRES;
        Value.Fields written = reader.fields(of, above, REQUIRES);
        reader.only(written, path, List.of("acr", "max_age"));
        Optional<Duration> most =
                reader.text(written, path, "max_age").map(text -> duration(text, path));
        List<String> acr =
                written.get("acr")
                        .map(value -> words(reader, value, path + "/acr"))
                        .orElse(List.of());
        if (acr.isEmpty() && most.isEmpty()) {
            throw reader.refused(path, "`requires` has `acr`, `max_age` or both");
        }
        return Optional.of(new SignInDemand(acr, most));
    }

    private Duration duration(String text, String path) {
        return Durations.read(text)
                .filter(time -> time.toSeconds() > 0)
                .orElseThrow(
                        () ->
                                reader.refused(
                                        path + "/max_age",
                                        "a time is a number with s, m or h, as in 15m"));
    }

    /** One way of signing in, or a list of them; none has a space or a quote in it. */
    static List<String> words(ConfigReader reader, Value value, String path) {
        List<String> words = new ArrayList<>();
        for (Value one : value instanceof Value.Items(List<Value> all) ? all : List.of(value)) {
            String word = reader.scalar(one, path);
            if (!word.matches("[!#-\\[\\]-~]{1,200}")) {
                throw reader.refused(
                        path, "an `acr` is visible ASCII without spaces, quotes and backslashes");
            }
            words.add(word);
        }
        if (words.isEmpty()) {
            throw reader.refused(path, "name at least one, as in [phr]");
        }
        return words;
    }
}
