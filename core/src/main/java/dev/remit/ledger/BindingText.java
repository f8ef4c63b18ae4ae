package dev.remit.ledger;

import dev.remit.identity.Binding;
import java.util.Optional;

/** What stood behind a call, as a field; being bound to a key is not mentioned. */
final class BindingText {
    private static final String NONE = "none";
    private static final String POINT = "point:";

    private BindingText() {}

    static Optional<String> write(Binding binding) {
        return switch (binding) {
            case Binding.Own.KEY -> Optional.empty();
            case Binding.Own.NONE -> Optional.of(NONE);
            case Binding.Vouched(String point) -> Optional.of(POINT + point);
        };
    }

    static Binding read(Optional<String> written) {
        if (written.isEmpty()) {
            return Binding.KEY;
        }
        String text = written.get();
        if (text.startsWith(POINT)) {
            return new Binding.Vouched(text.substring(POINT.length()));
        }
        if (text.equals(NONE)) {
            return Binding.NONE;
        }
        throw new IllegalArgumentException("`binding` is none, point:NAME or left out");
    }
}
