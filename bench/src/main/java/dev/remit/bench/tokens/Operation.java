package dev.remit.bench.tokens;

import java.util.Locale;

/** What the clients ask for; each authenticates with {@code private_key_jwt} every time. */
enum Operation {
    CREDENTIALS("client credentials", false),
    CREDENTIALS_DPOP("the same with DPoP", true),
    EXCHANGE("token exchange", false),
    EXCHANGE_DPOP("the same with DPoP", true),
    INTROSPECTION("introspection", false);

    private final String words;
    private final boolean proves;

    Operation(String words, boolean proves) {
        this.words = words;
        this.proves = proves;
    }

    String words() {
        return words;
    }

    /** Whether each request carries a proof, and the token that comes is bound to its key. */
    boolean proves() {
        return proves;
    }

    boolean isExchange() {
        return this == EXCHANGE || this == EXCHANGE_DPOP;
    }

    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
