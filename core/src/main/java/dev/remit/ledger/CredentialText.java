package dev.remit.ledger;

import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/** The events of credentials as names and values; all of it stays for ever, so none is a secret. */
final class CredentialText {
    static final String SET = "credential-set";
    static final String REMOVED = "credential-removed";

    private CredentialText() {}

    static EventText write(Event.CredentialSet set) {
        Credential credential = set.credential();
        return place(EventText.of(SET), credential.id(), credential.place())
                .with("origin", credential.origin().toString())
                .with("kind", credential.kind().text())
                .with("since", credential.since().toString())
                .with("by", set.by());
    }

    static EventText write(Event.CredentialRemoved removed) {
        return place(EventText.of(REMOVED), removed.credential(), removed.place())
                .with("why", removed.why().name().toLowerCase(Locale.ROOT))
                .with("by", removed.by());
    }

    private static EventText place(EventText text, CredentialId id, Credential.Place place) {
        return text.with("credential", id.text())
                .with("upstream", place.upstream())
                .with("person", place.person().map(PersonId::text));
    }

    static Event readSet(EventText text) {
        return new Event.CredentialSet(
                new Credential(
                        new CredentialId(text.get("credential")),
                        text.get("upstream"),
                        Origin.of(URI.create(text.get("origin"))),
                        place(text).person(),
                        Credential.Kind.of(text.get("kind")),
                        Instant.parse(text.get("since"))),
                text.get("by"));
    }

    static Event readRemoved(EventText text) {
        return new Event.CredentialRemoved(
                new CredentialId(text.get("credential")),
                place(text),
                text.get("by"),
                Event.CredentialRemoved.Why.valueOf(text.get("why").toUpperCase(Locale.ROOT)));
    }

    private static Credential.Place place(EventText text) {
        return new Credential.Place(text.get("upstream"), text.maybe("person").map(PersonId::new));
    }
}
