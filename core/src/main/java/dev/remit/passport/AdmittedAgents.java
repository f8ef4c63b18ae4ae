package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.Page;
import dev.remit.identity.PassportBook;
import dev.remit.identity.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The book of agents as of now: an instance is as good as revoked when its agent or its key is, and
 * if it was enrolled by a passport, also when that has expired, its issuer is no longer trusted or
 * was revoked, or its status list was not read for too long. It asks the books alone, never an
 * issuer.
 */
public final class AdmittedAgents implements AgentBook {
    private final AgentBook agents;
    private final PassportBook passports;
    private final Issuers issuers;
    private final InstantSource clock;

    public AdmittedAgents(
            AgentBook agents, PassportBook passports, Issuers issuers, InstantSource clock) {
        this.agents = agents;
        this.passports = passports;
        this.issuers = issuers;
        this.clock = clock;
    }

    @Override
    public Optional<Instance> instance(InstanceId id) {
        return agents.instance(id).map(this::now);
    }

    @Override
    public Page<Instance> instances(InstanceQuery query, String from, int most) {
        Page<Instance> page = agents.instances(query, from, most);
        return new Page<>(page.items().stream().map(this::now).toList(), page.next());
    }

    private Instance now(Instance instance) {
        boolean admitted =
                !Admission.names(instance.id())
                        || passports.admission(instance.id()).filter(this::holds).isPresent();
        boolean good =
                admitted
                        && instance.key().stream()
                                .noneMatch(
                                        key -> isRevoked(new Revocation.Of.Key(key.thumbprint())))
                        && agents.agent(instance.agent())
                                .filter(agent -> !agent.isRevoked())
                                .isPresent();
        return good ? instance : instance.asRevoked();
    }

    private boolean isRevoked(Revocation.Of what) {
        return agents.revocation(what).isPresent();
    }

    private boolean holds(Admission admission) {
        Instant now = clock.instant();
        if (!now.isBefore(admission.expiresAt())
                || isRevoked(new Revocation.Of.Issuer(admission.issuer()))) {
            return false;
        }
        if (admission.isByStatement()) {
            return issuers.voucher(admission.issuer()).isPresent();
        }
        return switch (issuers.named(admission.issuer()).orElse(null)) {
            case null -> false;
            case OwnIssuer _ -> true; // revoking such a passport revokes the instance
            case ForeignIssuer _ ->
                    passports
                            .issuer(admission.issuer())
                            .map(IssuerPage::lists)
                            .map(lists -> lists.get(admission.list()))
                            .filter(now::isBefore)
                            .isPresent();
        };
    }

    @Override
    public Optional<Agent> agent(AgentId id) {
        return agents.agent(id);
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return agents.agentNamed(name);
    }

    @Override
    public Optional<EnrolmentCode> code(Digest hash) {
        return agents.code(hash);
    }

    @Override
    public Page<Agent> agents(AgentQuery query, String from, int most) {
        return agents.agents(query, from, most);
    }

    @Override
    public long count(AgentQuery query) {
        return agents.count(query);
    }

    @Override
    public Optional<Revocation> revocation(Revocation.Of what) {
        return agents.revocation(what);
    }
}
