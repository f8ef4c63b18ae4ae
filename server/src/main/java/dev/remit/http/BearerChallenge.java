package dev.remit.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a protected resource answers to a token that it lacks or that does not reach ({@code
 * WWW-Authenticate}, RFC 6750, section 3, and RFC 9728, section 5.1).
 *
 * @param scope names of the usual form, one space between them (RFC 6749, section 3.3)
 */
public record BearerChallenge(
        Optional<String> error, Optional<String> scope, Optional<String> resourceMetadata) {
    private static final String QUOTED = "=\\s*\"([^\"]{1,2000})\"";
    private static final Pattern ERROR = named("error");
    private static final Pattern SCOPE = named("scope");
    private static final Pattern METADATA = named("resource_metadata");
    private static final Pattern SCOPES =
            Pattern.compile(
                    "[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+){0,49}");

    private static Pattern named(String parameter) {
        return Pattern.compile(
                "(?:^|[\\s,])" + parameter + "\\s*" + QUOTED, Pattern.CASE_INSENSITIVE);
    }

    /** Reads the header; what is not there, or of another form, is empty. */
    public static BearerChallenge of(String header) {
        return new BearerChallenge(
                find(ERROR, header),
                find(SCOPE, header).filter(scope -> SCOPES.matcher(scope).matches()),
                find(METADATA, header));
    }

    private static Optional<String> find(Pattern parameter, String header) {
        Matcher matcher = parameter.matcher(header);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The scope that a token lacked; empty if that is not what was wrong with it. */
    public Optional<String> lacking() {
        return error.filter("insufficient_scope"::equals).isPresent() ? scope : Optional.empty();
    }
}
