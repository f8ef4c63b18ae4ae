package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit person …}. */
@Command(name = "person", description = "people: who signs in, and what they may do")
final class PersonCommands {
    private static final String ROLES = "person, approver, administrator, auditor";

    @Mixin private Where where = new Where();

    @Command(name = "list", description = "show all people")
    int list(@Mixin Shown shown) {
        Value people = where.operator().act("people/list", Value.Fields.EMPTY);
        shown.show(people, out -> people(out, people));
        return Exit.DONE;
    }

    private static void people(PrintStream out, Value people) {
        if (people instanceof Value.Items(var all)) {
            for (Value one : all) {
                Value.Fields person = (Value.Fields) one;
                out.printf(
                        "%-26s %-10s %-40s %s%n",
                        Shown.plain(person.text("name").orElse("")),
                        person.text("standing").orElse(""),
                        words(person.items("roles")),
                        person.text("person").orElse(""));
                for (Value passkey : person.items("passkeys")) {
                    Value.Fields key = (Value.Fields) passkey;
                    out.println(
                            "  passkey “"
                                    + Shown.plain(key.text("label").orElse(""))
                                    + "” since "
                                    + key.text("since").orElse(""));
                }
                person.fields("provider")
                        .ifPresent(
                                provider ->
                                        out.println(
                                                "  signs in with "
                                                        + provider.text("issuer").orElse("")));
            }
        }
    }

    private static String words(List<Value> roles) {
        return roles.stream()
                .map(role -> role instanceof Value.Text(String word) ? word : "")
                .collect(Collectors.joining(" "));
    }

    @Command(name = "add", description = "add a person and print their one-time link")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "one of " + ROLES + " (else person)")
                    @Nullable List<String> roles,
            @Mixin Shown shown) {
        Value.Fields added =
                act(
                        "people/add",
                        Value.object()
                                .put("name", name)
                                .put("roles", Value.ofTexts(roles == null ? List.of() : roles))
                                .build());
        shown.show(added, out -> link(out, added));
        return Exit.DONE;
    }

    @Command(name = "link", description = "print a new one-time link, to add a passkey with")
    int link(@Parameters(paramLabel = "PERSON") String person, @Mixin Shown shown) {
        Value.Fields link = act("people/link", named(person).build());
        shown.show(link, out -> link(out, link));
        return Exit.DONE;
    }

    private static void link(PrintStream out, Value.Fields person) {
        out.println("person  " + person.text("person").orElse(""));
        out.println("link    " + person.text("link").orElse("") + "   (once, within 15 minutes)");
    }

    @Command(
            name = "suspend",
            description = "end a person's mandates and sessions, and let nothing new begin")
    int suspend(
            @Parameters(paramLabel = "PERSON") String person,
            @Option(names = "--why", defaultValue = "suspended by the operator") String why) {
        act("people/suspend", named(person).put("why", why).build());
        System.out.println("suspended; the person's mandates and sessions have ended");
        return Exit.DONE;
    }

    @Command(name = "restore", description = "end a suspension; what it ended stays ended")
    int restore(@Parameters(paramLabel = "PERSON") String person) {
        act("people/restore", named(person).build());
        System.out.println("restored; mandates must be given anew");
        return Exit.DONE;
    }

    @Command(name = "roles", description = "set a person's roles: " + ROLES)
    int roles(
            @Parameters(paramLabel = "PERSON") String person,
            @Parameters(paramLabel = "ROLE", arity = "1..4") List<String> roles) {
        act("people/roles", named(person).put("roles", Value.ofTexts(roles)).build());
        System.out.println("roles: " + String.join(" ", roles));
        return Exit.DONE;
    }

    private static Value.Building named(String person) {
        return Value.object().put("person", person);
    }

    private Value.Fields act(String name, Value.Fields asked) {
        return (Value.Fields) where.operator().act(name, asked);
    }
}
