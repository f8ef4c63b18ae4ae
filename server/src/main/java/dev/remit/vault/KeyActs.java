package dev.remit.vault;

import dev.remit.call.Value;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.identity.PersonId;
import dev.remit.identity.SigningKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator's acts on the gateway's own keys, by name, on JSON. */
public final class KeyActs {
    private final Locksmith locksmith;
    private final Keeper credentials;
    private final PersonId operator;

    public KeyActs(Locksmith locksmith, Keeper credentials, PersonId operator) {
        this.locksmith = locksmith;
        this.credentials = credentials;
        this.operator = operator;
    }

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name, Value.Fields asked) {
        return switch (name) {
            case "keys/list" -> Optional.of(list());
            case "keys/rotate" -> Optional.of(rotate(asked));
            case "keys/seal" -> Optional.of(seal());
            default -> Optional.empty();
        };
    }

    private Value list() {
        List<Value> all = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            locksmith.keys(use).keys().forEach(key -> all.add(shown(key)));
        }
        return new Value.Items(all);
    }

    private Value rotate(Value.Fields asked) {
        KeyUse use =
                asked.text("use")
                        .flatMap(KeyUse::of)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`use` is tokens, passports or log"));
        return shown(locksmith.rotate(use, asked.flag("refuse_older"), operator.text()));
    }

    private Value seal() {
        int contents = locksmith.sealAnew(credentials::sealAnew, operator.text());
        return Value.object().put("sealed", contents).build();
    }

    private static Value shown(OwnKey key) {
        return Value.object()
                .put("use", key.use().text())
                .put("number", key.number())
                .put("kid", SigningKeys.kid(key.key()))
                .put("since", key.since().toString())
                .putIf("replaced", key.replacedAt().map(Instant::toString).map(Value::of))
                .put("refused", key.refused())
                .build();
    }
}
