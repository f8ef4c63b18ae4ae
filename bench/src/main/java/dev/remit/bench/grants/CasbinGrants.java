package dev.remit.bench.grants;

import java.util.ArrayList;
import java.util.List;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/** A line for every grant in jCasbin, its model as its manual has it. */
final class CasbinGrants implements Engine {
    private static final String MODEL =
            """
            [request_definition]
            r = sub, obj, path
            [policy_definition]
            p = sub, obj, path
            [policy_effect]
            e = some(where (p.eft == allow))
            [matchers]
            m = r.sub == p.sub && r.obj == p.obj && keyMatch(r.path, p.path)
            """;

    private final Enforcer enforcer;
    private final List<Workload.Grant> asked;

    CasbinGrants(Workload workload) {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        List<List<String>> lines = new ArrayList<>();
        workload.all()
                .forEach(
                        one ->
                                lines.add(
                                        List.of(
                                                "a" + one.agent(),
                                                one.tool(),
                                                one.folder() + "/*")));
        enforcer.addPolicies(lines);
        asked = workload.asked();
    }

    @Override
    public boolean allows(int request) {
        Workload.Grant one = asked.get(request);
        return enforcer.enforce("a" + one.agent(), one.tool(), one.file());
    }
}
