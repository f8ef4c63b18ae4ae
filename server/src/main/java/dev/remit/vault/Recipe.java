package dev.remit.vault;

import dev.remit.identity.Credential;
import dev.remit.identity.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A credential's content: how what is sent comes about. This is what is sealed. */
sealed interface Recipe {
    Credential.Kind kind();

    /** One header; {@code template} has the secret where it says <code>{secret}</code>. */
    record Header(String name, String template, Secret secret) implements Recipe {
        static final String PLACE = "{secret}";

        @Override
        public Credential.Kind kind() {
            return Credential.Kind.STATIC;
        }
    }

    /** User name and password (RFC 7617). */
    record Basic(String user, Secret password) implements Recipe {
        @Override
        public Credential.Kind kind() {
            return Credential.Kind.STATIC;
        }
    }

    /** Recipes for tokens, which are fetched and renewed. */
    sealed interface OfTokens extends Recipe {
        Client client();
    }

    record ClientCredentials(Client client, Optional<String> scope, Optional<String> resource)
            implements OfTokens {
        @Override
        public Credential.Kind kind() {
            return Credential.Kind.CLIENT_CREDENTIALS;
        }
    }

    /** RFC 8693; the subject token is configured. */
    record Exchange(
            Client client,
            Secret subjectToken,
            String subjectTokenType,
            Optional<String> audience,
            Optional<String> scope,
            Optional<String> resource)
            implements OfTokens {
        @Override
        public Credential.Kind kind() {
            return Credential.Kind.EXCHANGE;
        }
    }

    /**
     * What a person agreed to: tokens, the second of which gets newer ones.
     *
     * @param scope what the person was asked for
     */
    record Consented(
            Client client,
            String resource,
            List<String> scope,
            Secret access,
            Instant until,
            Optional<Secret> refresh)
            implements OfTokens {
        public Consented {
            scope = List.copyOf(scope);
        }

        /** The same with newer tokens. */
        Consented with(Secret access, Instant until, Optional<Secret> refresh) {
            return new Consented(client, resource, scope, access, until, refresh);
        }

        @Override
        public Credential.Kind kind() {
            return Credential.Kind.CONSENT;
        }
    }
}
