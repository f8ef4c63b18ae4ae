package dev.remit.cli;

import dev.remit.call.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remit keys …}. */
@Command(name = "keys", description = "the gateway's own keys, and what everything is sealed with")
final class KeyCommands {
    @Mixin private Where where = new Where();

    @Command(name = "list", description = "show the keys that sign, and those before them")
    int list(@Mixin Shown shown) {
        Value all = where.operator().act("keys/list", Value.Fields.EMPTY);
        shown.show(
                all,
                out -> {
                    if (all instanceof Value.Items(var keys)) {
                        for (Value one : keys) {
                            out.println(line((Value.Fields) one));
                        }
                    }
                });
        return Exit.DONE;
    }

    @Command(
            name = "rotate",
            description = "replace a key by a fresh one; what it signed stays good")
    int rotate(
            @Option(
                            names = "--use",
                            paramLabel = "USE",
                            required = true,
                            description = "tokens, passports or log")
                    String use,
            @Option(
                            names = "--refuse-older",
                            description =
                                    "take nothing more that earlier keys signed; for a key that"
                                            + " somebody else has")
                    boolean refuseOlder,
            @Mixin Shown shown) {
        Value.Fields asked =
                Value.object().put("use", use).put("refuse_older", refuseOlder).build();
        Value.Fields now = (Value.Fields) where.operator().act("keys/rotate", asked);
        shown.show(now, out -> out.println(line(now)));
        return Exit.DONE;
    }

    @Command(
            name = "seal",
            description = "seal all keys and credentials anew under a fresh sealing key")
    int seal() {
        Value.Fields done = (Value.Fields) where.operator().act("keys/seal", Value.Fields.EMPTY);
        System.out.println(done.whole("sealed").orElse(0) + " sealed anew");
        return Exit.DONE;
    }

    private static String line(Value.Fields key) {
        String state =
                key.flag("refused")
                        ? "refused"
                        : key.text("replaced").map(at -> "replaced " + at).orElse("signs");
        return "%-10s %3d  %s  since %s  %s"
                .formatted(
                        key.text("use").orElse(""),
                        key.whole("number").orElse(0),
                        key.text("kid").orElse(""),
                        key.text("since").orElse(""),
                        state);
    }
}
