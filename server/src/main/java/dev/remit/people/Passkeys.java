package dev.remit.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Account;
import dev.remit.identity.Passkey;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * WebAuthn level 3, as its relying party: discoverable credentials only, the person verified by the
 * device each time, this origin and no other. The library checks; what it finds is decided on here.
 */
final class Passkeys {
    private static final int LONGEST_LABEL = 100;

    private final RelyingParty party;

    /**
     * @param origin the one origin that people use; its host is the relying party's id
     */
    Passkeys(String origin, PersonBook people) {
        this.party =
                RelyingParty.builder()
                        .identity(
                                RelyingPartyIdentity.builder()
                                        .id(URI.create(origin).getHost())
                                        .name("Remit")
                                        .build())
                        .credentialRepository(new KnownPasskeys(people))
                        .origins(Set.of(origin))
                        .allowOriginPort(false)
                        .allowOriginSubdomain(false)
                        .validateSignatureCounter(true)
                        .preferredPubkeyParams(
                                List.of( // those that identity/CoseKey reads
                                        PublicKeyCredentialParameters.ES256,
                                        PublicKeyCredentialParameters.EdDSA,
                                        PublicKeyCredentialParameters.RS256))
                        .build();
    }

    PublicKeyCredentialCreationOptions adding(Account account) {
        PublicKeyCredentialCreationOptions options =
                party.startRegistration(
                        StartRegistrationOptions.builder()
                                .user(
                                        UserIdentity.builder()
                                                .name(account.person().name())
                                                .displayName(account.person().name())
                                                .id(KnownPasskeys.handle(account.id()))
                                                .build())
                                .authenticatorSelection(
                                        AuthenticatorSelectionCriteria.builder()
                                                .residentKey(ResidentKeyRequirement.REQUIRED)
                                                .userVerification(
                                                        UserVerificationRequirement.REQUIRED)
                                                .build())
                                .build());
        return options.toBuilder().excludeCredentials(KnownPasskeys.ids(account)).build();
    }

    AssertionRequest showing() {
        return party.startAssertion(
                StartAssertionOptions.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build());
    }

    static Value asked(PublicKeyCredentialCreationOptions options) {
        try {
            return json(options.toCredentialsCreateJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Value asked(AssertionRequest request) {
        try {
            return json(request.toCredentialsGetJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The passkey that was made for these options; empty if it was not, or not as it must be. */
    Optional<Passkey> added(
            PublicKeyCredentialCreationOptions options,
            Value.Fields credential,
            String label,
            Instant now) {
        try {
            RegistrationResult made =
                    party.finishRegistration(
                            FinishRegistrationOptions.builder()
                                    .request(options)
                                    .response(
                                            PublicKeyCredential.parseRegistrationResponseJson(
                                                    credential.json()))
                                    .build());
            String called = label.isBlank() ? "passkey" : label.strip();
            return made.isUserVerified()
                    ? Optional.of(
                            new Passkey(
                                    made.getKeyId().getId().getBase64Url(),
                                    made.getPublicKeyCose().getBase64Url(),
                                    made.getSignatureCount(),
                                    called.substring(0, Math.min(LONGEST_LABEL, called.length())),
                                    now))
                    : Optional.empty();
        } catch (RegistrationFailedException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whose passkey was shown, and its counter. */
    record Shown(PersonId person, String passkey, long count) {}

    /** What was shown for this request; empty if it does not hold. */
    Optional<Shown> shown(AssertionRequest request, Value.Fields credential) {
        try {
            AssertionResult shown =
                    party.finishAssertion(
                            FinishAssertionOptions.builder()
                                    .request(request)
                                    .response(
                                            PublicKeyCredential.parseAssertionResponseJson(
                                                    credential.json()))
                                    .build());
            return shown.isSuccess() && shown.isUserVerified() && shown.isSignatureCounterValid()
                    ? Optional.of(
                            new Shown(
                                    new PersonId(shown.getUsername()),
                                    shown.getCredential().getCredentialId().getBase64Url(),
                                    shown.getSignatureCount()))
                    : Optional.empty();
        } catch (AssertionFailedException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Value json(String text) {
        try {
            return JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException("the WebAuthn library wrote what is not JSON", e);
        }
    }
}
