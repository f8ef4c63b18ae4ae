package dev.remit.session;

import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.Person;
import dev.remit.identity.Role;
import java.time.Duration;
import java.time.Instant;

/**
 * Proof that a request came from a browser in which a person has signed in, and that the person's
 * account is in good standing. Only {@link Sessions} makes one.
 */
public final class SignedIn {
    private final Account account;
    private final Session session;
    private final String csrf;

    SignedIn(Account account, Session session, String csrf) {
        this.account = account;
        this.session = session;
        this.csrf = csrf;
    }

    public Person person() {
        return account.person();
    }

    public Account account() {
        return account;
    }

    public Session session() {
        return session;
    }

    /** Whether the person has this role now. */
    public boolean has(Role role) {
        return account.roles().contains(role);
    }

    /** When the person last showed who they are, and how ({@code auth_time}, {@code acr}). */
    public Authentication shown() {
        return session.shown();
    }

    /** Whether that was lately; what matters much asks for it again (step-up, RFC 9470). */
    public boolean isFresh(Instant now, Duration most) {
        return !session.shown().at().isBefore(now.minus(most));
    }

    /** The word that every form of this session carries, so that no other site can send one. */
    public String csrf() {
        return csrf;
    }
}
