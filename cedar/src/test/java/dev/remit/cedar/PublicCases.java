package dev.remit.cedar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The language's public integration tests, in a folder laid out as their authors do it. Each
 * request has an answer: the decision, the policies it rests on, the policies that failed.
 */
final class PublicCases {
    private final Path root;
    private final List<String> wrong = new ArrayList<>();
    private int files;
    private int requests;
    private int failing;

    PublicCases(Path root) {
        this.root = root;
    }

    void run(String folder) throws IOException {
        try (Stream<Path> found = Files.walk(root.resolve(folder))) {
            List<Path> cases =
                    found.filter(file -> file.toString().endsWith(".json"))
                            .filter(file -> !file.toString().endsWith("entities.json"))
                            .sorted()
                            .toList();
            for (Path one : cases) {
                run(one);
            }
        }
    }

    private void run(Path file) throws IOException {
        files++;
        JsonNode test = Json.read(Files.readString(file));
        Policies policies =
                switch (Policies.read(text(test, "policies"))) {
                    case Policies.Reading.Read(Policies read) -> read;
                    case Policies.Reading.Unread(Problem problem) -> {
                        wrong.add(file + ": " + problem);
                        yield Policies.none();
                    }
                };
        Entities entities = Json.entities(Json.read(text(test, "entities")));
        for (JsonNode one : test.path("requests")) {
            requests++;
            Request request =
                    new Request(
                            Json.uid(one.path("principal")),
                            Json.uid(one.path("action")),
                            Json.uid(one.path("resource")),
                            Json.fields(one.path("context")));
            Answer answer = policies.decide(request, entities);
            Set<String> errors = new HashSet<>();
            answer.errors().forEach(failure -> errors.add(failure.policy()));
            failing += errors.isEmpty() ? 0 : 1;
            boolean right =
                    answer.allowed() == one.path("decision").asString().equals("allow")
                            && new HashSet<>(answer.policies()).equals(texts(one.path("reason")))
                            && errors.equals(texts(one.path("errors")));
            if (!right) {
                wrong.add(file + ", " + one.path("description").asString() + ": " + answer);
            }
        }
    }

    private String text(JsonNode test, String field) throws IOException {
        return Files.readString(root.resolve(test.path(field).asString()));
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        node.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    int files() {
        return files;
    }

    int requests() {
        return requests;
    }

    int failing() {
        return failing;
    }

    List<String> wrong() {
        return wrong;
    }
}
