package dev.remit.ledger;

import dev.remit.identity.Binding;
import java.util.Optional;

/** Whether a caller was bound to a key, as a field; being bound is not mentioned. */
final class BindingText {
    private static final String NONE = "none";

    private BindingText() {}

    static Optional<String> write(Binding binding) {
        return switch (binding) {
            case KEY -> Optional.empty();
            case NONE -> Optional.of(NONE);
        };
    }

    static Binding read(Optional<String> written) {
        if (written.filter(text -> !text.equals(NONE)).isPresent()) {
            throw new IllegalArgumentException("`binding` is none or left out");
        }
        return written.isPresent() ? Binding.NONE : Binding.KEY;
    }
}
