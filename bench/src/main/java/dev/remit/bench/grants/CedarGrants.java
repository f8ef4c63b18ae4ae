package dev.remit.bench.grants;

import dev.remit.cedar.Entities;
import dev.remit.cedar.Policies;
import dev.remit.cedar.Request;
import dev.remit.cedar.Uid;
import dev.remit.cedar.Value;
import java.util.List;
import java.util.Map;

/** A policy for every grant, in the Cedar language, evaluated here. */
final class CedarGrants implements Engine {
    private final Policies policies;
    private final List<Request> requests;

    CedarGrants(Workload workload) {
        policies =
                switch (Policies.read(text(workload))) {
                    case Policies.Reading.Read(Policies read) -> read;
                    case Policies.Reading.Unread(var problem) ->
                            throw new IllegalStateException(problem.toString());
                };
        requests = workload.asked().stream().map(CedarGrants::request).toList();
    }

    static String text(Workload workload) {
        StringBuilder text = new StringBuilder();
        workload.all()
                .forEach(
                        one ->
                                text.append("permit(principal == Agent::\"a")
                                        .append(one.agent())
                                        .append("\", action == Action::\"")
                                        .append(one.tool())
                                        .append("\", resource) when { context.path like \"")
                                        .append(one.folder())
                                        .append("/*\" };\n"));
        return text.toString();
    }

    @Override
    public boolean allows(int request) {
        return policies.decide(requests.get(request), Entities.of(List.of())).allowed();
    }

    private static Request request(Workload.Grant one) {
        return new Request(
                new Uid("Agent", "a" + one.agent()),
                new Uid("Action", one.tool()),
                new Uid("Upstream", "files"),
                Value.fields(Map.of("path", new Value.Text(one.file()))));
    }
}
