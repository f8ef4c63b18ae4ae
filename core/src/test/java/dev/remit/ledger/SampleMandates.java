package dev.remit.ledger;

import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Budget;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Rate;
import dev.remit.mandate.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A mandate with everything in it, for {@link SampleEvents}. */
final class SampleMandates {
    private SampleMandates() {}

    static Mandate given(AgentId agent, Instant at) {
        Map<String, Constraint> arguments =
                Map.of(
                        "path",
                        new Constraint.PathBelow("/agenda"),
                        "n",
                        new Constraint.Range(
                                Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.TWO)),
                        "kind",
                        new Constraint.OneOf(List.of(Value.of("a"), Value.of(2))),
                        "like",
                        new Constraint.Pattern(new Glob("a*?")),
                        "flag",
                        new Constraint.Exact(Value.of(true)),
                        Permission.REST,
                        new Constraint.Any());
        return new Mandate(
                new MandateId("mdt_1"),
                new Person(new PersonId("per_1"), "Ada Lovelace"),
                agent,
                new Task("Update the meeting agenda"),
                new Permissions(
                        List.of(
                                new Permission(
                                        "p1",
                                        new Glob("files.write"),
                                        arguments,
                                        OptionalLong.of(2)),
                                new Permission(
                                        "p2",
                                        new Glob("calendar.*"),
                                        Map.of(),
                                        OptionalLong.empty(),
                                        List.of(
                                                new Condition.After(new Glob("files.write")),
                                                new Condition.Per(new Glob("files.*"), 3),
                                                new Condition.NotAfter(new Glob("hr.read")),
                                                new Condition.NotAfterLabel("confidential"))))),
                new Limits(
                        at.plusSeconds(3600),
                        Optional.of(Duration.ofMinutes(10)),
                        OptionalLong.of(9),
                        5,
                        OptionalLong.of(4),
                        Optional.of(new Rate(10, Duration.ofMinutes(1))),
                        List.of(
                                new Budget(
                                        "b1",
                                        new Glob("bank.pay"),
                                        "amount",
                                        new BigDecimal("200.5"))),
                        List.of(new Glob("files.write")),
                        6),
                at,
                new Mandate.Status.Active(),
                1);
    }

    /** The same, with what its giver said beside the words. */
    static Mandate amended(Mandate mandate) {
        Amendment said =
                new Amendment(
                        Set.of(Amendment.Act.SEND, Amendment.Act.REMOVE),
                        Set.of(Amendment.Act.PAY));
        return new Mandate(
                mandate.id(),
                mandate.giver(),
                mandate.agent(),
                new Task(mandate.task().words(), said),
                mandate.permissions(),
                mandate.limits(),
                mandate.givenAt(),
                mandate.status(),
                mandate.delegates(),
                mandate.signIn(),
                mandate.basis(),
                mandate.version());
    }

    /** The same, given on a page for people. */
    static Mandate onPage(Mandate mandate) {
        return new Mandate(
                mandate.id(),
                mandate.giver(),
                mandate.agent(),
                mandate.task(),
                mandate.permissions(),
                mandate.limits(),
                mandate.givenAt(),
                mandate.status(),
                mandate.delegates(),
                Optional.of(Authentication.byPasskey(mandate.givenAt())),
                Optional.of(new Basis.OfTemplate("agenda", SampleEvents.HASH)),
                mandate.version());
    }
}
