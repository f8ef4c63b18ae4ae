package dev.remit.vault;

import dev.remit.call.Value;
import dev.remit.identity.Credential;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.registry.ActRefused;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operator's acts on credentials, by name, on JSON. Secrets go in and never come out. */
public final class CredentialActs {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Set<String> TAKEN =
            Set.of(
                    "accept",
                    "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "keep-alive",
                    "last-event-id",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final Keeper keeper;
    private final Optional<Consents> consents;
    private final Map<String, URI> upstreams;
    private final PersonId operator;

    /**
     * @param consents empty if people cannot sign in at this gateway
     * @param upstreams those that are reached over HTTP, by name
     */
    public CredentialActs(
            Keeper keeper,
            Optional<Consents> consents,
            Map<String, URI> upstreams,
            PersonId operator) {
        this.keeper = keeper;
        this.consents = consents;
        this.upstreams = Map.copyOf(upstreams);
        this.operator = operator;
    }

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name, Value.Fields asked) {
        return switch (name) {
            case "credentials/set" -> Optional.of(set(asked));
            case "credentials/list" -> Optional.of(list());
            case "credentials/remove" ->
                    Optional.of(shown(keeper.remove(place(asked), operator.text())));
            case "credentials/consent" -> Optional.of(consent(asked));
            default -> Optional.empty();
        };
    }

    private Value set(Value.Fields asked) {
        Credential.Place place = place(asked);
        Origin origin = Origin.of(url(place.upstream()));
        Recipe recipe = recipe(asked, url(place.upstream()));
        return shown(keeper.set(place, origin, recipe, operator.text()));
    }

    private Recipe recipe(Value.Fields asked, URI url) {
        return switch (text(asked, "kind")) {
            case "bearer" ->
                    new Recipe.Header(
                            "Authorization", "Bearer " + Recipe.Header.PLACE, secret(asked));
            case "basic" -> basic(asked);
            case "header" -> header(asked);
            case "client-credentials" ->
                    new Recipe.ClientCredentials(
                            client(asked), asked.text("scope"), resource(asked, url));
            case "exchange" ->
                    new Recipe.Exchange(
                            client(asked),
                            secret(asked, "subject_token"),
                            asked.text("subject_token_type").orElse(ACCESS_TOKEN),
                            asked.text("audience"),
                            asked.text("scope"),
                            resource(asked, url));
            default ->
                    throw new ActRefused(
                            "a credential's kind is bearer, basic, header, client-credentials or"
                                    + " exchange");
        };
    }

    private static Recipe basic(Value.Fields asked) {
        String user = text(asked, "user");
        if (user.contains(":") || !PRINTABLE.matcher(user).matches()) {
            throw new ActRefused("a user name has printable characters and no colon");
        }
        return new Recipe.Basic(user, secret(asked));
    }

    private static Recipe header(Value.Fields asked) {
        String name = text(asked, "header");
        String lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches() || TAKEN.contains(lower) || lower.startsWith("mcp-")) {
            throw new ActRefused("a credential does not go into the header `" + name + "`");
        }
        String template = asked.text("template").orElse(Recipe.Header.PLACE);
        boolean once =
                template.indexOf(Recipe.Header.PLACE) >= 0
                        && template.indexOf(Recipe.Header.PLACE)
                                == template.lastIndexOf(Recipe.Header.PLACE);
        if (!once || !PRINTABLE.matcher(template).matches()) {
            throw new ActRefused("a template says {secret} once, as in `Token {secret}`");
        }
        return new Recipe.Header(name, template, secret(asked));
    }

    private static Client client(Value.Fields asked) {
        URI endpoint = URI.create(text(asked, "token_endpoint"));
        Client.Manner manner =
                asked.text("client_auth").filter("post"::equals).isPresent()
                        ? Client.Manner.CLIENT_SECRET_POST
                        : Client.Manner.CLIENT_SECRET_BASIC;
        return new Client(endpoint, text(asked, "client_id"), Optional.of(secret(asked)), manner);
    }

    /** The upstream itself (RFC 8707), unless another one is named; empty if that is “none”. */
    private static Optional<String> resource(Value.Fields asked, URI url) {
        return Optional.of(asked.text("resource").orElse(url.toString()))
                .filter(one -> !one.equals("none"));
    }

    private static Secret secret(Value.Fields asked) {
        return secret(asked, "secret");
    }

    private static Secret secret(Value.Fields asked, String name) {
        String text = text(asked, name);
        if (text.length() < Secret.SHORTEST || !PRINTABLE.matcher(text).matches()) {
            throw new ActRefused(
                    "a secret has at least "
                            + Secret.SHORTEST
                            + " characters, all of them printable; a shorter one"
                            + " could not be hidden in what the upstream says");
        }
        return new Secret(text);
    }

    private Value list() {
        return new Value.Items(keeper.list().stream().map(one -> (Value) shown(one)).toList());
    }

    private static Value.Fields shown(Credential credential) {
        return Value.object()
                .put("credential", credential.id().text())
                .put("upstream", credential.upstream())
                .putIf("person", credential.person().map(person -> Value.of(person.text())))
                .put("origin", credential.origin().toString())
                .put("kind", credential.kind().text())
                .put("since", credential.since().toString())
                .build();
    }

    private Value consent(Value.Fields asked) {
        String upstream = text(asked, "upstream");
        PersonId person = asked.text("person").map(PersonId::new).orElse(operator);
        Optional<Secret> secret = asked.text("secret").map(_ -> secret(asked));
        URI page =
                consents.orElseThrow(
                                () ->
                                        new ActRefused(
                                                "nobody can agree, since people have no address"
                                                        + " here; set `public_url: https://…`"))
                        .begin(person, upstream, asked.text("client_id"), secret);
        return Value.object()
                .put("upstream", upstream)
                .put("person", person.text())
                .put("open", page.toString())
                .put("lives_seconds", Consents.LIFE.toSeconds())
                .build();
    }

    private Credential.Place place(Value.Fields asked) {
        return new Credential.Place(
                text(asked, "upstream"), asked.text("person").map(PersonId::new));
    }

    private URI url(String upstream) {
        URI url = upstreams.get(upstream);
        if (url == null) {
            throw new ActRefused(
                    "there is no upstream `" + upstream + "` that is reached over HTTP");
        }
        return url;
    }

    private static String text(Value.Fields asked, String name) {
        return asked.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
