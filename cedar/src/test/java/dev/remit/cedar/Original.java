package dev.remit.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The language's own implementation, asked the same. */
final class Original {
    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final Entities entities;

    Original(List<String> policies, String entities) throws Exception {
        Set<Policy> all = new HashSet<>();
        for (int place = 0; place < policies.size(); place++) {
            all.add(new Policy(policies.get(place), "policy" + place));
        }
        this.policies = new PolicySet(all);
        this.policies.cache();
        this.entities = Entities.parse(entities);
    }

    /** The answer's decision, its policies and those that failed; no sentences. */
    record Said(boolean allowed, Set<String> policies, Set<String> errors) {}

    Said decide(List<String> request, String context) throws Exception {
        Entity carrier =
                Entity.parse(
                        "{\"uid\":{\"type\":\"C\",\"id\":\"c\"},\"parents\":[],\"attrs\":"
                                + context
                                + "}");
        AuthorizationResponse response =
                engine.isAuthorized(
                        new AuthorizationRequest(
                                uid(request.get(0)),
                                uid(request.get(1)),
                                uid(request.get(2)),
                                carrier.attrs),
                        policies,
                        entities);
        AuthorizationSuccessResponse said =
                response.success.orElseThrow(() -> new IllegalStateException(response.toString()));
        Set<String> errors = new HashSet<>();
        said.getErrors().forEach(one -> errors.add(one.getPolicyId()));
        return new Said(said.isAllowed(), said.getReason(), errors);
    }

    private static EntityUID uid(String text) {
        int id = text.indexOf("::\"");
        return EntityTypeName.parse(text.substring(0, id))
                .orElseThrow()
                .of(text.substring(id + 3, text.length() - 1));
    }
}
