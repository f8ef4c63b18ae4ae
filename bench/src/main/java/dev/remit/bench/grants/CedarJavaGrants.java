package dev.remit.bench.grants;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimString;
import java.util.List;
import java.util.Map;

/** The same policies, by the language's own implementation behind JNI, kept on its side. */
final class CedarJavaGrants implements Engine {
    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final List<AuthorizationRequest> requests;

    CedarJavaGrants(Workload workload) {
        try {
            StringBuilder text = new StringBuilder();
            workload.all().forEach(one -> text.append(CedarGrants.policy(one)));
            policies = PolicySet.parsePolicies(text.toString());
            policies.cache();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        requests = workload.asked().stream().map(CedarJavaGrants::request).toList();
    }

    @Override
    public boolean allows(int request) {
        try {
            return engine.isAuthorized(requests.get(request), policies, new Entities())
                    .success
                    .orElseThrow()
                    .isAllowed();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuthorizationRequest request(Workload.Grant one) {
        return new AuthorizationRequest(
                uid("Agent", "a" + one.agent()),
                uid("Action", one.tool()),
                uid("Upstream", "files"),
                Map.of("path", new PrimString(one.file())));
    }

    private static EntityUID uid(String type, String id) {
        return EntityTypeName.parse(type).orElseThrow().of(id);
    }
}
