package dev.remit.identity;

/**
 * Who somebody is at an OpenID provider: the issuer and its name for the person ({@code iss} and
 * {@code sub}). Nothing else names a person; an e-mail address can be given to another.
 */
public record ExternalIdentity(String issuer, String subject) {}
