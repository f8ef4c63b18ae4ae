package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;

/** A value that was given for an argument, or for a field inside of one. */
record Given(String name, ArgumentRole role, String value) {

    /** Whether it is somebody, or something, that receives. */
    boolean receives() {
        return role == ArgumentRole.DESTINATION;
    }

    /** The values of a call, but for the arguments that the person gave leave for. */
    static List<Given> of(ToolReading tool, Value.Fields arguments, ExpressLeave leave) {
        List<Given> given = new ArrayList<>();
        arguments
                .values()
                .forEach(
                        (name, value) -> {
                            if (!leave.gives(name)) {
                                gather(tool, name, tool.role(name), value, given);
                            }
                        });
        return given;
    }

    private static void gather(
            ToolReading tool, String name, ArgumentRole role, Value value, List<Given> given) {
        switch (value) {
            case Value.Text(String text) -> given.add(new Given(name, role, text));
            case Value.Num(var number) -> given.add(new Given(name, role, number.toPlainString()));
            case Value.Items(List<Value> items) ->
                    items.forEach(item -> gather(tool, name, role, item, given));
            case Value.Fields(var fields) ->
                    fields.forEach(
                            (inner, field) -> {
                                ArgumentRole its = ArgumentRoles.of(inner, tool.effects());
                                gather(tool, inner, its, field, given);
                            });
            case Value.Flag _, Value.Nothing _ -> {}
        }
    }
}
