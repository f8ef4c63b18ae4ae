package dev.remit.people;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.exception.Base64UrlException;
import dev.remit.identity.Account;
import dev.remit.identity.Passkey;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The books, as the WebAuthn library asks them. A person's id is user name and user handle. */
final class KnownPasskeys implements CredentialRepository {
    private final PersonBook people;

    KnownPasskeys(PersonBook people) {
        this.people = people;
    }

    static ByteArray handle(PersonId person) {
        return new ByteArray(person.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<PersonId> person(String text) {
        try {
            return Optional.of(new PersonId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
        return person(username).flatMap(people::account).map(KnownPasskeys::ids).orElseGet(Set::of);
    }

    /** The passkeys that an account has, as a browser is told of them. */
    static Set<PublicKeyCredentialDescriptor> ids(Account account) {
        Set<PublicKeyCredentialDescriptor> ids = new HashSet<>();
        for (Passkey passkey : account.passkeys()) {
            ids.add(PublicKeyCredentialDescriptor.builder().id(bytes(passkey.id())).build());
        }
        return ids;
    }

    @Override
    public Optional<ByteArray> getUserHandleForUsername(String username) {
        return person(username).flatMap(people::account).map(account -> handle(account.id()));
    }

    @Override
    public Optional<String> getUsernameForUserHandle(ByteArray handle) {
        return person(new String(handle.getBytes(), StandardCharsets.UTF_8))
                .flatMap(people::account)
                .map(account -> account.id().text());
    }

    @Override
    public Optional<RegisteredCredential> lookup(ByteArray credential, ByteArray handle) {
        return people.accountWithPasskey(credential.getBase64Url())
                .filter(account -> handle(account.id()).equals(handle))
                .flatMap(account -> registered(account, credential));
    }

    @Override
    public Set<RegisteredCredential> lookupAll(ByteArray credential) {
        Set<RegisteredCredential> found = new HashSet<>();
        people.accountWithPasskey(credential.getBase64Url())
                .flatMap(account -> registered(account, credential))
                .ifPresent(found::add);
        return found;
    }

    private static Optional<RegisteredCredential> registered(
            Account account, ByteArray credential) {
        return account.passkey(credential.getBase64Url())
                .map(
                        (Passkey passkey) ->
                                RegisteredCredential.builder()
                                        .credentialId(credential)
                                        .userHandle(handle(account.id()))
                                        .publicKeyCose(bytes(passkey.key()))
                                        .signatureCount(passkey.count())
                                        .build());
    }

    private static ByteArray bytes(String base64Url) {
        try {
            return ByteArray.fromBase64Url(base64Url);
        } catch (Base64UrlException e) {
            throw new IllegalStateException("the books hold a passkey that cannot be read", e);
        }
    }
}
