package dev.remit.people;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.remit.http.Exchange;
import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.PersonBook;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.people.Ceremonies.Begun;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Steward;
import dev.remit.web.Form;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in who are vouched for by their organisation's provider. An account is found by
 * issuer and subject alone; the groups of each sign-in say which roles the person has from then on.
 */
final class ProviderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderDesk.class);
    private static final String WITH = "/sign-in/with/";
    private static final String FROM = "/sign-in/from/";

    private final SignIns signIns;
    private final Ceremonies ceremonies;
    private final Admission admission;
    private final Steward steward;
    private final PersonBook people;
    private final Supplier<String> secrets;
    private final Map<String, Provider> providers;

    ProviderDesk(PeopleEdge.Tools tools, Ceremonies ceremonies, Admission admission) {
        this.signIns = tools.signIns();
        this.ceremonies = ceremonies;
        this.admission = admission;
        this.steward = tools.steward();
        this.people = tools.people();
        this.secrets = tools.secrets();
        ProviderLine line = new ProviderLine(tools.fetch());
        this.providers =
                tools.providers().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ProviderSettings::name,
                                        settings ->
                                                new Provider(
                                                        settings,
                                                        URI.create(
                                                                signIns.origin()
                                                                        + FROM
                                                                        + settings.name()),
                                                        line,
                                                        tools.clock())));
    }

    /** Sends the browser to the provider. */
    void begin(Exchange exchange) {
        Provider provider = providers.get(exchange.path().substring(WITH.length()));
        if (provider == null) {
            Page.problem(404, "There is no such provider").answer(exchange);
            return;
        }
        Begun.AtProvider begun =
                new Begun.AtProvider(
                        provider.settings().name(),
                        secrets.get(),
                        secrets.get(),
                        secrets.get(),
                        SignInDesk.back(exchange),
                        SignInDesk.again(exchange));
        try {
            URI there = provider.askingFor(begun);
            ceremonies.begin(exchange, begun);
            Page.redirect(exchange, there.toString());
        } catch (ProviderRefused e) {
            refuse(exchange, provider, e);
        }
    }

    /** Takes the browser back from the provider. */
    void finish(Exchange exchange) {
        Provider provider = providers.get(exchange.path().substring(FROM.length()));
        if (provider == null) {
            Page.problem(404, "There is no such provider").answer(exchange);
            return;
        }
        Form said = SignInDesk.query(exchange);
        Optional<Begun.AtProvider> begun =
                ceremonies
                        .take(exchange, Begun.AtProvider.class)
                        .filter(one -> one.provider().equals(provider.settings().name()))
                        .filter(one -> isSame(one.state(), said.get("state").orElse("")));
        if (begun.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        try {
            if (!provider.isFrom(said.get("iss"))) {
                throw new ProviderRefused("the answer is another issuer's");
            }
            String code =
                    said.get("code")
                            .orElseThrow(
                                    () ->
                                            new ProviderRefused(
                                                    "the provider answered with an error"));
            signIn(exchange, provider, begun.get(), provider.redeem(begun.get(), code));
        } catch (ProviderRefused e) {
            refuse(exchange, provider, e);
        } catch (ActRefused e) {
            signIns.turnAway(exchange, TurnedAway.PROVIDER_REFUSED);
        }
    }

    private void signIn(
            Exchange exchange, Provider provider, Begun.AtProvider begun, JWTClaimsSet claims) {
        ProviderSettings settings = provider.settings();
        Set<Role> roles = roles(settings, claims);
        ExternalIdentity who =
                new ExternalIdentity(settings.issuer().toString(), claims.getSubject());
        Optional<Account> known = people.accountOf(who);
        String by = "provider:" + settings.name();
        if (roles.isEmpty()) {
            known.filter(account -> !account.roles().isEmpty())
                    .ifPresent(account -> steward.changeRoles(account.id(), roles, by));
            signIns.turnAway(exchange, TurnedAway.ROLE_UNMAPPED);
            return;
        }
        if (known.filter(account -> !account.isActive()).isPresent()) {
            signIns.turnAway(exchange, TurnedAway.PERSON_SUSPENDED);
            return;
        }
        Account account =
                known.orElseGet(() -> steward.add(name(claims), roles, Optional.of(who), by));
        if (!account.roles().equals(roles)) {
            account = steward.changeRoles(account.id(), roles, by);
        }
        Optional<TurnedAway> objection =
                admission.admit(
                        exchange,
                        account.id(),
                        new Event.Way.ByProvider(who.issuer()),
                        new Authentication(shownAt(claims), acr(settings, claims)));
        if (objection.isPresent()) {
            signIns.turnAway(exchange, objection.get());
        } else {
            Page.redirect(exchange, signIns.origin() + begun.back());
        }
    }

    private static Set<Role> roles(ProviderSettings settings, JWTClaimsSet claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(settings.roles().getOrDefault(ProviderSettings.EVERYBODY, Set.of()));
        try {
            List<String> groups = claims.getStringListClaim(settings.groupsClaim());
            if (groups != null) {
                groups.stream()
                        .filter(group -> !group.equals(ProviderSettings.EVERYBODY))
                        .forEach(
                                group ->
                                        roles.addAll(
                                                settings.roles().getOrDefault(group, Set.of())));
            }
        } catch (ParseException e) {
            return EnumSet.noneOf(Role.class); // what cannot be read names nobody
        }
        return roles;
    }

    /** How others see the person; it decides nothing. */
    private static String name(JWTClaimsSet claims) {
        for (String claim : List.of("name", "preferred_username")) {
            if (claims.getClaim(claim) instanceof String text && !text.isBlank()) {
                return text.substring(0, Math.min(200, text.length()));
            }
        }
        return claims.getSubject();
    }

    /** How the provider says that the person signed in, if it is believed in that. */
    private static Optional<String> acr(ProviderSettings settings, JWTClaimsSet claims) {
        return claims.getClaim("acr") instanceof String acr && settings.acr().contains(acr)
                ? Optional.of(acr)
                : Optional.empty();
    }

    /** When the provider last saw the person show who they are; if it does not say, never. */
    private static Instant shownAt(JWTClaimsSet claims) {
        try {
            Date shown = claims.getDateClaim("auth_time");
            Instant issued = claims.getIssueTime().toInstant();
            return shown == null
                    ? Instant.EPOCH
                    : shown.toInstant().isAfter(issued) ? issued : shown.toInstant();
        } catch (ParseException e) {
            return Instant.EPOCH;
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private void refuse(Exchange exchange, Provider provider, ProviderRefused why) {
        LOG.warn("a sign-in with {} was refused: {}", provider.settings().name(), why.getMessage());
        signIns.turnAway(exchange, TurnedAway.PROVIDER_REFUSED);
    }
}
