package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Jwk;
import dev.remit.web.Form;
import dev.remit.web.OwnPath;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** Where a client sends a person's browser (RFC 6749, section 4.1), or pushes what it will ask. */
final class AuthorizeDesk {
    private final String issuer;
    private final Clients clients;
    private final WaitingRequests waiting;
    private final ConsentDesk consent;
    private final Wishes wishes;
    private final AcrValues acr;
    private final Door door;
    private final InstantSource clock;

    AuthorizeDesk(
            String issuer,
            Clients clients,
            WaitingRequests waiting,
            ConsentDesk consent,
            Wishes wishes,
            AcrValues acr,
            Door door,
            InstantSource clock) {
        this.issuer = issuer;
        this.clients = clients;
        this.waiting = waiting;
        this.consent = consent;
        this.wishes = wishes;
        this.acr = acr;
        this.door = door;
        this.clock = clock;
    }

    /** RFC 9126. A key that is proven here is the one that the code is for. */
    Value.Fields push(Form form, Optional<Jwk> proven) {
        if (!(clients.of(form, proven, clock.instant())
                instanceof Clients.Client.Published client)) {
            throw OauthRefused.request("an enrolled agent needs no code; ask for a token");
        }
        if (form.get("request_uri").isPresent()) {
            throw OauthRefused.request("a pushed request has no `request_uri`");
        }
        AuthorizationRequest request =
                AuthorizationRequest.byRedirect(
                        form, client, redirect(form, client), issuer, wishes, acr);
        AuthorizationRequest bound =
                proven.map(key -> request.forKey(key.thumbprint())).orElse(request);
        return Value.object()
                .put("request_uri", waiting.add(bound).name())
                .put("expires_in", WaitingRequests.LIFE.toSeconds())
                .build();
    }

    private static URI redirect(Form form, Clients.Client.Published client) {
        return form.get("redirect_uri")
                .flatMap(client.document()::redirectTo)
                .orElseThrow(() -> OauthRefused.request("`redirect_uri` is none of the client's"));
    }

    /** The page; before client and redirect address are known to fit, nothing is sent there. */
    void page(Exchange exchange) {
        consent.signIns();
        Form form =
                Form.read(exchange.query().orElse(""))
                        .orElseThrow(() -> OauthRefused.request("a parameter occurs twice"));
        Optional<WaitingRequests.Waiting> asked =
                form.get("request_uri").isPresent()
                        ? form.get("request_uri").flatMap(waiting::find)
                        : begin(exchange, form);
        if (asked.isEmpty() && form.get("request_uri").isEmpty()) {
            return; // the client has been told
        }
        WaitingRequests.Waiting found =
                asked.filter(one -> isOf(one, form)).orElseThrow(ConsentDesk::gone);
        OwnPath here =
                new OwnPath(
                        "/oauth2/authorize?client_id="
                                + encoded(found.request().client().id())
                                + "&request_uri="
                                + encoded(found.name()));
        consent.forPage(exchange, here).ifPresent(who -> consent.show(exchange, found, who, here));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isOf(WaitingRequests.Waiting asked, Form form) {
        return asked.request().way() instanceof AuthorizationRequest.Way.ByRedirect
                && form.get("client_id").equals(Optional.of(asked.request().client().id()));
    }

    /** A request that came with the browser; empty if the client was told that it is refused. */
    private Optional<WaitingRequests.Waiting> begin(Exchange exchange, Form form) {
        Clients.Client.Published client = clients.published(form.get("client_id").orElse(""));
        URI redirect = redirect(form, client);
        try {
            return Optional.of(
                    waiting.add(
                            AuthorizationRequest.byRedirect(
                                    form, client, redirect, issuer, wishes, acr)));
        } catch (OauthRefused refused) {
            refused.doubt().ifPresent(doubt -> door.record(doubt, exchange.path()));
            consent.sendBack(exchange, redirect, form.get("state"), refused);
            return Optional.empty();
        }
    }
}
