package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as the gateway sees one: keeps cookies, and says where its requests come from. */
public final class Visitor {
    private static final Pattern TO_SIGN =
            Pattern.compile(
                    "data-passkey=\"([^\"]+)\" data-request=\"([^\"]+)\""
                            + " data-form=\"([^\"]+)\"");
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final String origin;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final Map<String, String> cookies = new HashMap<>();
    private Optional<SoftPasskey> passkey = Optional.empty();

    public Visitor(KnockedGateway gateway) {
        this(gateway.config().peoplesOrigin().orElseThrow());
    }

    /**
     * @param origin the one that people use
     */
    public Visitor(String origin) {
        this.origin = origin;
    }

    public String origin() {
        return origin;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public SoftPasskey.Telling honest() {
        return new SoftPasskey.Telling(origin, "localhost", true);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    /** Posts as a script of ours would. */
    public HttpResponse<String> postJson(String path, Value.Fields body, String... headers) {
        return send(
                request(path)
                        .header("Origin", origin)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.json())),
                headers);
    }

    /** Posts as a form on a page of this origin would. */
    public HttpResponse<String> postForm(String from, String site, String path, String body) {
        return send(
                request(path)
                        .header("Origin", from)
                        .header("Sec-Fetch-Site", site)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts from a page of this origin what no page of ours sends. */
    public HttpResponse<String> post(String path, String type, String body, String... headers) {
        return send(
                request(path)
                        .header("Origin", origin)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    public HttpResponse<String> postForm(String path, String body) {
        return postForm(origin, "same-origin", path, body);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (String set : answer.headers().allValues("Set-Cookie")) {
                String pair = set.substring(0, set.indexOf(';'));
                String name = pair.substring(0, pair.indexOf('='));
                if (set.contains("Max-Age=0;") || set.endsWith("Max-Age=0")) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, pair.substring(name.length() + 1));
                }
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Adds a passkey with a link, as the page behind it does. */
    public HttpResponse<String> welcome(String link, SoftPasskey passkey) {
        this.passkey = Optional.of(passkey);
        HttpResponse<String> asked = challengeForLink(link);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        return postJson(
                "/welcome/passkey",
                Value.object()
                        .put("label", "test")
                        .put("credential", passkey.made(options(asked), honest()))
                        .build());
    }

    /** Adds a passkey to the account, as its page does. */
    public void addPasskey(SoftPasskey more) {
        this.passkey = Optional.of(more);
        String word = form();
        HttpResponse<String> asked =
                postJson("/account/challenge", Value.Fields.EMPTY, "X-Remit-Form", word);
        HttpResponse<String> added =
                postJson(
                        "/account/passkey",
                        Value.object()
                                .put("label", "more")
                                .put("credential", more.made(options(asked), honest()))
                                .build(),
                        "X-Remit-Form",
                        word);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    }

    HttpResponse<String> challengeForLink(String link) {
        String word = link.substring(link.indexOf('#') + 1);
        return postJson("/welcome/challenge", Value.object().put("link", word).build());
    }

    /** Signs in, as the page for it does. */
    public HttpResponse<String> signIn(SoftPasskey passkey) {
        return signIn(passkey, honest(), "/account");
    }

    HttpResponse<String> signIn(SoftPasskey passkey, SoftPasskey.Telling telling, String to) {
        this.passkey = Optional.of(passkey);
        HttpResponse<String> asked = postJson("/sign-in/challenge", Value.Fields.EMPTY);
        return postJson(
                "/sign-in/passkey",
                Value.object()
                        .put("to", to)
                        .put("credential", passkey.shown(options(asked), telling))
                        .build());
    }

    /** A mandate on a page that waits for a passkey. */
    public record ToSign(String base, String request, String word) {}

    /** What this page wants signed, if anything. */
    public static Optional<ToSign> toSign(HttpResponse<String> page) {
        Matcher found = TO_SIGN.matcher(page.body());
        return found.find()
                ? Optional.of(new ToSign(found.group(1), found.group(2), found.group(3)))
                : Optional.empty();
    }

    /** Asks for what the passkey is to sign, as the page does. */
    public HttpResponse<String> challenge(ToSign page) {
        Value.Fields named = Value.object().put("request", page.request()).build();
        return postJson(page.base() + "/challenge", named, "X-Remit-Form", page.word());
    }

    /** Sends what a passkey signed, as the page does. */
    public HttpResponse<String> signed(ToSign page, Value.Fields credential) {
        Value.Fields said =
                Value.object().put("request", page.request()).put("credential", credential).build();
        return postJson(page.base() + "/passkey", said, "X-Remit-Form", page.word());
    }

    /** Says yes with the passkey, and goes where the page goes then, if that is here. */
    public HttpResponse<String> sign(ToSign page) {
        HttpResponse<String> asked = challenge(page);
        if (asked.statusCode() != 200) {
            return asked;
        }
        HttpResponse<String> done =
                signed(page, passkey.orElseThrow().shown(options(asked), honest()));
        Optional<String> to =
                done.statusCode() == 200 ? json(done).text("to") : Optional.<String>empty();
        return to.filter(one -> one.startsWith("/")).map(this::get).orElse(done);
    }

    public static Value.Fields options(HttpResponse<String> asked) {
        return json(asked).fields("publicKey").orElseThrow();
    }

    public static Value.Fields json(HttpResponse<String> answer) {
        try {
            return JsonReader.readFields(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    boolean isSignedIn() {
        return get("/account").statusCode() == 200;
    }

    /** The word in the forms of this visitor's session. */
    public String form() {
        Matcher matcher = FORM.matcher(get("/account").body());
        assertThat(matcher.find()).as("a form on the account's page").isTrue();
        return matcher.group(1);
    }
}
