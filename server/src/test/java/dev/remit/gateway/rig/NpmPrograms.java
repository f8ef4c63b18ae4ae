package dev.remit.gateway.rig;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.testkit.Npm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other people's servers as upstreams. */
public final class NpmPrograms {
    private NpmPrograms() {}

    /** A package's program as an upstream. */
    public static UpstreamSettings.Stdio upstream(String name, Path script, String... arguments) {
        List<String> all = new ArrayList<>(List.of(script.toString()));
        all.addAll(List.of(arguments));
        return new UpstreamSettings.Stdio(
                name, Npm.node(), all, Map.of(), Optional.empty(), UpstreamSettings.Terms.USUAL);
    }
}
