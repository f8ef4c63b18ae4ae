package dev.remit.store;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.conduct.Conduct;
import dev.remit.conduct.Subject;
import dev.remit.identity.Account;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Credential;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Sheet;
import dev.remit.store.Pages.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the books say, after one entry of the log, that the database does not say yet. */
record Changes(
        Map<AgentId, Optional<Row<Agent>>> agents,
        Map<InstanceId, Optional<Row<Instance>>> instances,
        Map<Digest, Optional<Row<EnrolmentCode>>> codes,
        Map<MandateId, Optional<Row<Sheet>>> sheets,
        Map<Tool, Optional<Row<Pin>>> pins,
        Map<Credential.Place, Optional<Row<Credential>>> credentials,
        Map<PersonId, Optional<Row<Account>>> accounts,
        Map<SignInWay, Optional<Row<PersonId>>> ways,
        Map<Digest, Optional<Row<SignInLink>>> links,
        Map<PassportId, Optional<Row<Passport>>> passports,
        Map<InstanceId, Optional<Row<Admission>>> admissions,
        Map<String, Optional<Row<IssuerPage>>> issuers,
        Map<Revocation.Of, Optional<Row<Revocation>>> revocations,
        Map<KeyUse, Optional<Row<KeyPage>>> keys,
        Map<QuestionId, Optional<Row<Question>>> questions,
        Map<Subject, Optional<Row<Conduct>>> conduct,
        Map<CallId, OpenCall> open) {

    /** The agents' names, as far as they are new. */
    Map<String, Optional<Row<AgentId>>> names() {
        Map<String, Optional<Row<AgentId>>> named = new HashMap<>();
        for (Optional<Row<Agent>> row : agents.values()) {
            row.ifPresent(
                    agent ->
                            named.put(
                                    agent.value().name(),
                                    Optional.of(new Row<>(agent.value().id(), agent.since()))));
        }
        return named;
    }
}
