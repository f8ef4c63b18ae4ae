package dev.remit.cedar;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a policy's head says of its principal, action or resource. */
sealed interface Scope {
    record Any() implements Scope {}

    record Equal(Uid uid) implements Scope {}

    /** Below any of these, or one of them; and of the type, if there is one. */
    record In(Optional<String> type, List<Uid> above) implements Scope {}

    record Is(String type) implements Scope {}

    /** A place in a template that an entity is put into ({@code ?principal}, {@code ?resource}). */
    record Slot(Optional<String> type, boolean equal) implements Scope {
        Scope filled(Uid uid) {
            return equal ? new Equal(uid) : new In(type, List.of(uid));
        }
    }

    /** Whether it fits an entity that hangs below these. A slot fits nothing. */
    default boolean fits(Uid uid, Set<Uid> above) {
        return switch (this) {
            case Any() -> true;
            case Equal(Uid wanted) -> wanted.equals(uid);
            case Is(String type) -> type.equals(uid.type());
            case In(var type, var wanted) ->
                    (type.isEmpty() || type.get().equals(uid.type()))
                            && hangsBelow(uid, above, wanted);
            case Slot _ -> false;
        };
    }

    private static boolean hangsBelow(Uid uid, Set<Uid> above, List<Uid> wanted) {
        for (Uid one : wanted) {
            if (one.equals(uid) || above.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** The entities without which it cannot fit; none if it can without any. */
    default List<Uid> anchors() {
        return switch (this) {
            case Equal(Uid uid) -> List.of(uid);
            case In(var _, var above) -> above;
            case Any(), Is _, Slot _ -> List.of();
        };
    }
}
