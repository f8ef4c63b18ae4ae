package dev.remit.people;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Secret;
import java.net.URI;
import java.util.Map;

/**
 * The requests to a provider. The operator named its issuer, so that origin may be private; what it
 * names in turn may not, unless the operator vouches for that too.
 */
final class ProviderLine {
    private static final String JSON = "application/json";

    private final SafeFetch fetch;

    ProviderLine(SafeFetch fetch) {
        this.fetch = fetch;
    }

    Value.Fields get(URI from) throws ProviderRefused {
        return send(SafeFetch.Asked.get(from, JSON, "application/jwk-set+json"));
    }

    Value.Fields post(URI to, Map<String, Secret> headers, Secret form) throws ProviderRefused {
        return send(SafeFetch.Asked.form(to, headers, form));
    }

    private Value.Fields send(SafeFetch.Asked asked) throws ProviderRefused {
        return switch (fetch.fetch(asked)) {
            case Fetched.Refused(String why) ->
                    throw new ProviderRefused(asked.url() + " was asked in vain: " + why);
            case Fetched.Answered answered when answered.status() != 200 ->
                    throw new ProviderRefused(
                            asked.url() + " answered with status " + answered.status());
            case Fetched.Answered answered -> read(asked.url(), answered.body());
        };
    }

    private static Value.Fields read(URI from, byte[] body) throws ProviderRefused {
        try {
            return JsonReader.readFields(body);
        } catch (MalformedJson e) {
            throw new ProviderRefused(from + " does not answer with a JSON object", e);
        }
    }
}
