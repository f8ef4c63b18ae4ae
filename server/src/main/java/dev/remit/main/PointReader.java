package dev.remit.main;

import dev.remit.access.Point;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the section {@code access}: who makes agents' calls itself, and asks here first. */
final class PointReader {
    private static final String ABOVE = "/access/points";
    private static final int MOST = 32;
    private static final int SHORTEST_TOKEN = 32;

    private final ConfigReader reader;

    PointReader(ConfigReader reader) {
        this.reader = reader;
    }

    List<Point> points(Value.Fields top, List<UpstreamSettings> upstreams) {
        Value.Fields access = reader.fields(top, "", "access");
        reader.only(access, "/access", List.of("points"));
        Value.Fields points = reader.fields(access, "/access", "points");
        Set<String> known =
                upstreams.stream().map(UpstreamSettings::name).collect(Collectors.toSet());
        List<Point> read = new ArrayList<>();
        Set<Digest> tokens = new HashSet<>();
        for (String name : points.values().keySet()) {
            String path = ABOVE + "/" + name;
            if (!Binding.Vouched.isName(name)) {
                throw reader.refused(
                        path,
                        "a point's name is 1 to 32 of a-z, 0-9 and -, beginning with a letter");
            }
            Value.Fields point = reader.fields(points, ABOVE, name);
            reader.only(point, path, List.of("token", "upstreams"));
            Digest token = token(point, path);
            if (!tokens.add(token)) {
                throw reader.refused(path + "/token", "another point has the same token");
            }
            read.add(new Point(name, token, upstreams(point, path, known)));
        }
        if (read.size() > MOST) {
            throw reader.refused(ABOVE, "at most " + MOST + " points");
        }
        return read;
    }

    private Digest token(Value.Fields point, String path) {
        String written =
                reader.text(point, path, "token")
                        .orElseThrow(() -> reader.refused(path, "`token` is missing"));
        if (!written.matches("file:.+|\\$\\{(env:|file:)?[^}:]+\\}")) {
            throw reader.refused(
                    path + "/token", "write ${env:NAME} or file:/path, not the token itself");
        }
        String token = reader.expand(written, path + "/token", "token");
        if (!token.matches("[\\x21-\\x7e]{" + SHORTEST_TOKEN + ",512}")) {
            throw reader.refused(
                    path + "/token",
                    "a point's token is "
                            + SHORTEST_TOKEN
                            + " to 512 visible ASCII characters; `openssl rand -hex 32` makes one");
        }
        return Point.hash(token);
    }

    private Set<String> upstreams(Value.Fields point, String path, Set<String> known) {
        Set<String> upstreams = new HashSet<>();
        for (Value one : point.items("upstreams")) {
            String name = reader.scalar(one, path + "/upstreams");
            if (!known.contains(name)) {
                throw reader.refused(
                        path + "/upstreams", "there is no `" + name + "` under mcpServers");
            }
            upstreams.add(name);
        }
        if (upstreams.isEmpty()) {
            throw reader.refused(
                    path, "`upstreams` is the list of servers whose calls the point makes");
        }
        return upstreams;
    }
}
