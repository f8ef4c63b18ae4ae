package dev.remit.gate;

import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the upstream layer gets the real credential, for each request anew. */
public interface Credentials {
    /**
     * What to send to this origin on this person's behalf: the person's own credential if there is
     * one, else the upstream's; nothing if there is neither.
     *
     * @throws UpstreamUnavailable if there is one, and it cannot be used now or is for another
     *     origin
     */
    Attached attach(String upstream, Origin origin, Optional<PersonId> person);

    /**
     * The upstream answered 401 to this. Whether another one may be had: the next {@link #attach}
     * is then of a fresh token.
     */
    boolean renewable(String upstream, Optional<PersonId> person, Attached refused);

    /**
     * The upstream answered that this does not reach (RFC 6750, {@code insufficient_scope}).
     * Whether the person can agree to more: the next time the person is asked, it is for that too.
     */
    boolean lacks(String upstream, Optional<PersonId> person, Attached sent, String scope);

    /** Whether this upstream is met by each person as somebody else. */
    boolean isPersonal(String upstream);

    /**
     * Headers to send, and the texts in them that must not come back.
     *
     * @param headers replace any others of the same name
     */
    record Attached(Map<String, Secret> headers, List<Secret> secrets) {
        public static final Attached NOTHING = new Attached(Map.of(), List.of());

        public Attached {
            headers = Map.copyOf(headers);
            secrets = List.copyOf(secrets);
        }
    }

    /** A gateway that keeps none. */
    static Credentials none() {
        return new Credentials() {
            @Override
            public Attached attach(String upstream, Origin origin, Optional<PersonId> person) {
                return Attached.NOTHING;
            }

            @Override
            public boolean renewable(String upstream, Optional<PersonId> person, Attached refused) {
                return false;
            }

            @Override
            public boolean lacks(
                    String upstream, Optional<PersonId> person, Attached sent, String scope) {
                return false;
            }

            @Override
            public boolean isPersonal(String upstream) {
                return false;
            }
        };
    }
}
