package dev.remit.identity;

/**
 * What tells one person from all others when signing in: a passkey's id, or an issuer and its name
 * for the person. One person's each.
 */
public record SignInWay(Kind kind, String issuer, String name) {

    /** Which of the two it is. */
    public enum Kind {
        PASSKEY,
        PROVIDER
    }

    public static SignInWay of(Passkey passkey) {
        return ofPasskey(passkey.id());
    }

    public static SignInWay ofPasskey(String id) {
        return new SignInWay(Kind.PASSKEY, "", id);
    }

    public static SignInWay of(ExternalIdentity external) {
        return new SignInWay(Kind.PROVIDER, external.issuer(), external.subject());
    }
}
