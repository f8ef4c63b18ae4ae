package dev.remit.authority;

import static dev.remit.web.Html.element;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Doubt;
import dev.remit.identity.Jwk;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a person is asked whether a client may act for them (RFC 6749, section 4.1; RFC 9126). A
 * yes gives a mandate to an agent that goes by the client's address.
 */
final class AuthorizeDesk {
    private final String issuer;
    private final Optional<SignIns> people;
    private final Clients clients;
    private final Acts acts;
    private final Consents consents;
    private final ToolBook tools;
    private final Set<String> upstreams;
    private final InstantSource clock;
    private final PendingRequests pending;

    /** What a yes changes. */
    record Acts(Registrar registrar, Grantor grantor, AgentBook agents) {}

    /**
     * @param people empty if nobody can sign in here
     * @param upstreams whose tools can be chosen
     */
    AuthorizeDesk(
            String issuer,
            Optional<SignIns> people,
            Clients clients,
            Acts acts,
            Consents consents,
            ToolBook tools,
            Set<String> upstreams,
            Supplier<String> secrets,
            InstantSource clock) {
        this.issuer = issuer;
        this.people = people;
        this.clients = clients;
        this.acts = acts;
        this.consents = consents;
        this.tools = tools;
        this.upstreams = Set.copyOf(upstreams);
        this.clock = clock;
        this.pending = new PendingRequests(secrets);
    }

    /** RFC 9126. A key that is proven here is the one that the code is for. */
    Value.Fields push(Form form, Optional<Jwk> proven) {
        Clients.Client client = clients.of(form, proven, clock.instant());
        if (!(client instanceof Clients.Client.Published(ClientDocument document))) {
            throw OauthRefused.request("an enrolled agent needs no code; ask for a token");
        }
        if (form.get("request_uri").isPresent()) {
            throw OauthRefused.request("a pushed request has no `request_uri`");
        }
        AuthorizationRequest request = read(form, document);
        Optional<Digest> key = proven.map(Jwk::thumbprint);
        if (key.isPresent() && request.key().stream().anyMatch(named -> !named.equals(key.get()))) {
            throw OauthRefused.of(Doubt.PROOF_KEY);
        }
        String name = pending.add(key.isPresent() ? request.forKey(key.get()) : request);
        return Value.object()
                .put("request_uri", name)
                .put("expires_in", PendingRequests.LIFE.toSeconds())
                .build();
    }

    private AuthorizationRequest read(Form form, ClientDocument client) {
        URI redirect =
                form.get("redirect_uri")
                        .flatMap(client::redirectTo)
                        .orElseThrow(
                                () ->
                                        OauthRefused.request(
                                                "`redirect_uri` is none of the client's"));
        return AuthorizationRequest.read(form, client.id(), redirect, issuer);
    }

    /** The page; before client and redirect address are known to fit, nothing is sent there. */
    void page(Exchange exchange) {
        Optional<Form> form = Form.read(exchange.query().orElse(""));
        if (form.isEmpty() || people.isEmpty()) {
            throw OauthRefused.request(
                    people.isEmpty()
                            ? "nobody can sign in at this gateway; give it a public https address"
                            : "a parameter occurs twice");
        }
        Optional<String> pushed = form.get().get("request_uri");
        String name = pushed.orElseGet(() -> begin(exchange, form.get()).orElse(""));
        if (name.isEmpty()) {
            return; // the client has been told
        }
        Optional<AuthorizationRequest> request =
                pending.find(name).filter(one -> isOf(one, form.get()));
        if (request.isEmpty()) {
            throw OauthRefused.request("the request is unknown, answered or too old; start again");
        }
        people.get()
                .forPage(exchange, Set.of())
                .ifPresent(
                        who ->
                                ConsentPage.of(name, request.get(), who, offered(request.get()))
                                        .answer(exchange));
    }

    private static boolean isOf(AuthorizationRequest request, Form form) {
        return form.get("client_id").equals(Optional.of(request.client().toString()));
    }

    /** A request that came with the browser; empty if the client was told that it is refused. */
    private Optional<String> begin(Exchange exchange, Form form) {
        ClientDocument client = clients.published(form.get("client_id").orElse("")).document();
        Optional<URI> redirect = form.get("redirect_uri").flatMap(client::redirectTo);
        if (redirect.isEmpty()) {
            throw OauthRefused.request("`redirect_uri` is none of the client's");
        }
        try {
            return Optional.of(
                    pending.add(
                            AuthorizationRequest.read(form, client.id(), redirect.get(), issuer)));
        } catch (OauthRefused refused) {
            sendBack(
                    exchange,
                    redirect.get(),
                    form.get("state"),
                    Map.of("error", refused.error(), "error_description", refused.description()));
            return Optional.empty();
        }
    }

    private List<Tool> offered(AuthorizationRequest request) {
        String below = request.audience().substring(issuer.length());
        List<Tool> offered = new ArrayList<>();
        upstreams.stream()
                .sorted()
                .filter(one -> !below.startsWith("/mcp/") || below.equals("/mcp/" + one))
                .forEach(one -> tools.pins(one).stream().map(Pin::tool).forEach(offered::add));
        return offered;
    }

    /** The person's answer. */
    void decide(Exchange exchange) {
        Optional<SignIns.Posted> posted =
                people.flatMap(signIns -> signIns.forForm(exchange, Set.of()));
        if (posted.isEmpty()) {
            return; // answered
        }
        Form form = posted.get().form();
        Optional<AuthorizationRequest> request =
                form.get(ConsentPage.REQUEST).flatMap(pending::find);
        if (request.isEmpty()) {
            throw OauthRefused.request("the request is unknown, answered or too old; start again");
        }
        boolean allowed = form.get(ConsentPage.ANSWER).equals(Optional.of(ConsentPage.ALLOW));
        Optional<AuthorizationRequest.Wish> granted =
                allowed ? granted(form, request.get()) : Optional.empty();
        if (allowed && granted.isEmpty()) {
            Page.problem(
                            400,
                            "Not given yet",
                            element("p", "Say the task, and choose at least one tool; go back."))
                    .answer(exchange);
            return;
        }
        AuthorizationRequest taken =
                form.get(ConsentPage.REQUEST).flatMap(pending::take).orElseThrow();
        Map<String, String> answer =
                granted.isPresent()
                        ? Map.of("code", give(taken, granted.get(), posted.get().who()))
                        : Map.of("error", "access_denied");
        sendBack(exchange, taken.redirect(), taken.state(), answer);
    }

    /** What the person agreed to: the client's wish as it is, or what they chose themselves. */
    private Optional<AuthorizationRequest.Wish> granted(Form form, AuthorizationRequest request) {
        if (request.wish().isPresent()) {
            return request.wish();
        }
        List<Permission> chosen = new ArrayList<>();
        for (Tool tool : offered(request)) {
            if (form.get(ConsentPage.TOOL + tool).isPresent()) {
                chosen.add(
                        new Permission(
                                "p" + (chosen.size() + 1),
                                new Glob(tool.toString()),
                                Map.of(Permission.REST, new Constraint.Any()),
                                OptionalLong.empty()));
            }
        }
        Optional<Duration> lives = form.get(ConsentPage.LIVES).flatMap(ConsentPage::lives);
        String words = form.get(ConsentPage.TASK).orElse("").strip();
        return chosen.isEmpty() || lives.isEmpty() || words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AuthorizationRequest.Wish(
                                new Task(words), new Permissions(chosen), lives.get()));
    }

    private String give(
            AuthorizationRequest request, AuthorizationRequest.Wish wish, SignedIn who) {
        Agent agent = agent(request.client(), who);
        Limits limits =
                new Limits(
                        clock.instant().plus(wish.lives()),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Limits.USUAL_STRIKES);
        Mandate mandate =
                acts.grantor()
                        .give(who.person(), agent.id(), wish.task(), wish.permissions(), limits);
        return consents.add(new Consents.Consent(request, who.person().id(), mandate));
    }

    /** The agent that goes by this address; it is added when it is first consented to. */
    private Agent agent(URI client, SignedIn who) {
        String digest =
                Digest.of(client.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 16);
        String host = client.getHost();
        String name = host.substring(0, Math.min(host.length(), 40)) + "-" + digest;
        return acts.agents()
                .agentNamed(name)
                .orElseGet(() -> acts.registrar().add(name, who.person().id().text()));
    }

    /** RFC 6749, section 4.1.2, with {@code iss} (RFC 9207). */
    private void sendBack(
            Exchange exchange, URI redirect, Optional<String> state, Map<String, String> answer) {
        Map<String, String> all = new LinkedHashMap<>(answer);
        state.ifPresent(one -> all.put("state", one));
        all.put("iss", issuer);
        StringBuilder to = new StringBuilder(redirect.toString());
        char next = redirect.getRawQuery() == null ? '?' : '&';
        for (Map.Entry<String, String> one : all.entrySet()) {
            to.append(next).append(one.getKey()).append('=');
            to.append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
            next = '&';
        }
        Page.redirect(exchange, to.toString());
    }
}
