package dev.remit.people;

import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An organisation's OpenID provider, as the operator configured it.
 *
 * @param name in addresses; letters, digits and dashes
 * @param label as people know it
 * @param acr what it may say of how somebody signed in, and is believed
 * @param groupsClaim the claim of the ID token that names the person's groups
 * @param roles by group; {@value #EVERYBODY} stands for everybody whom the provider vouches for
 */
public record ProviderSettings(
        String name,
        String label,
        URI issuer,
        String clientId,
        Optional<Secret> secret,
        List<String> scopes,
        List<String> acr,
        String groupsClaim,
        Map<String, Set<Role>> roles) {

    public static final String EVERYBODY = "*";

    public ProviderSettings {
        scopes = List.copyOf(scopes);
        acr = List.copyOf(acr);
        roles = Map.copyOf(roles);
    }
}
