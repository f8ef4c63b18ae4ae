package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Permission;
import dev.remit.registry.RefusedCalls.RefusedCall;
import dev.remit.registry.asked.SentValue;
import dev.remit.web.Form;
import dev.remit.web.Html;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person begins from when an agent's call was refused for want of a mandate: the form with
 * the agent and calls like that one chosen. The task stays empty; it is the person's to say.
 */
final class FromCall {
    static final String NAME = "call";

    private static final String YES = "yes";

    private FromCall() {}

    /** What a yes to calls like it would have typed. */
    static Typed typed(RefusedCall call, List<Pin> pins) {
        Map<String, String> said = new HashMap<>();
        said.put(NAME, call.id().text());
        said.put(AgentField.NAME, call.agent().text());
        said.put(LimitFields.ASKS, YES);
        for (Pin pin : pins) {
            call.like()
                    .filter(_ -> pin.tool().equals(call.tool()))
                    .ifPresent(like -> fill(said, pin, like));
        }
        return new Typed(new Form(said));
    }

    private static void fill(Map<String, String> said, Pin pin, Permission like) {
        said.put(TaskForm.TOOL + pin.tool(), YES);
        for (ToolArgument one : ToolArgument.of(pin)) {
            Constraint constraint = like.arguments().get(one.name());
            if (constraint == null) {
                said.put(Restriction.field(Restriction.IS, pin, one), Must.ABSENT.code());
            } else {
                must(constraint)
                        .filter(must -> Must.fitting(one.type()).contains(must.how()))
                        .ifPresent(
                                must -> {
                                    String is = Restriction.field(Restriction.IS, pin, one);
                                    String to = Restriction.field(Restriction.TO, pin, one);
                                    said.put(is, must.how().code());
                                    said.put(to, must.to());
                                });
            }
        }
    }

    /** How the form says a constraint. */
    private record Said(Must how, String to) {}

    private static Optional<Said> must(Constraint constraint) {
        return switch (constraint) {
            case Constraint.Exact(Value value) ->
                    Optional.of(new Said(Must.EXACT, SentValue.said(value)));
            case Constraint.PathBelow(String path) -> Optional.of(new Said(Must.BELOW, path));
            case Constraint.Range(Optional<BigDecimal> least, Optional<BigDecimal> most)
                    when least.isPresent() && most.isPresent() ->
                    Optional.of(
                            new Said(
                                    Must.BETWEEN,
                                    least.get().toPlainString()
                                            + " and "
                                            + most.get().toPlainString()));
            case Constraint.Any _,
                    Constraint.Range _,
                    Constraint.OneOf _,
                    Constraint.Pattern _,
                    Constraint.Unrecognised _ ->
                    Optional.empty();
        };
    }

    /** What the agent tried, as a stranger's words. */
    static List<Html> said(RefusedCall call, String agent) {
        List<Html> said = new ArrayList<>();
        said.add(
                element(
                        "p",
                        element("strong", Quotation.of(agent)),
                        text(
                                call.isAsking()
                                        ? " asks for a mandate."
                                        : " has no mandate, and was refused:")));
        if (call.isAsking()) {
            call.words()
                    .ifPresent(
                            words -> {
                                said.add(element("p", "It says of its task, in its own words:"));
                                said.add(element("pre", Quotation.of(words)));
                            });
        } else {
            said.add(element("p", element("code", Quotation.of(call.tool().toString()))));
            said.add(Sent.plain(call.arguments()));
            said.add(
                    element(
                            "p",
                            "Calls like it are chosen below; change what does not fit your task."));
        }
        return said;
    }
}
