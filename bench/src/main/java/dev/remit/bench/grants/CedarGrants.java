package dev.remit.bench.grants;

import dev.remit.cedar.Entities;
import dev.remit.cedar.Policies;
import dev.remit.cedar.Policy;
import dev.remit.cedar.Request;
import dev.remit.cedar.Uid;
import dev.remit.cedar.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A policy for every grant, in the Cedar language, evaluated here. */
final class CedarGrants implements Engine {
    private static final int LONG = 4_000_000;

    private final Policies policies;
    private final List<Request> requests;

    CedarGrants(Workload workload) {
        policies = read(workload);
        requests = workload.asked().stream().map(CedarGrants::request).toList();
    }

    /** In several texts, since one has its greatest length. */
    private static Policies read(Workload workload) {
        List<Policy> all = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Workload.Grant one : workload.all()) {
            text.append(policy(one));
            if (text.length() > LONG) {
                all.addAll(read(text.toString()));
                text.setLength(0);
            }
        }
        all.addAll(read(text.toString()));
        return Policies.none().and(all);
    }

    private static List<Policy> read(String text) {
        return switch (Policies.read(text)) {
            case Policies.Reading.Read(Policies read) -> read.all();
            case Policies.Reading.Unread(var problem) ->
                    throw new IllegalStateException(problem.toString());
        };
    }

    static String policy(Workload.Grant one) {
        return "@id(\"g%d-%d\") permit(principal == Agent::\"a%d\", action == Action::\"%s\", resource)"
                        .formatted(one.agent(), one.number(), one.agent(), one.tool())
                + " when { context.path like \""
                + one.folder()
                + "/*\" };\n";
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
