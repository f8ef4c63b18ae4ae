package dev.remit.bench;

/** An organisation's rules for what agents do, as many as wanted, in the Cedar language. */
final class Rules {
    static final String ENTITIES =
            """
            [{"uid": {"type": "Agent", "id": "a7"}, "parents": [{"type": "Team", "id": "t7"}],
              "attrs": {"level": 3, "owner": {"__entity": {"type": "Person", "id": "ann"}}}},
             {"uid": {"type": "Team", "id": "t7"}, "parents": [], "attrs": {}},
             {"uid": {"type": "Tool", "id": "pay"}, "parents": [{"type": "Upstream", "id": "bank"}],
              "attrs": {"effect": "pay", "external": true}},
             {"uid": {"type": "Upstream", "id": "bank"}, "parents": [], "attrs": {}}]
            """;

    static final String CONTEXT =
            """
            {"uid": {"type": "Context", "id": "c"}, "parents": [],
             "attrs": {"amount": 50, "to": "DE02", "hour": 10,
                       "from": {"__extn": {"fn": "ip", "arg": "10.1.2.3"}}}}
            """;

    private Rules() {}

    /**
     * One rule that forbids, for everything, and else rules of teams for tools of their own, as an
     * organisation has them; the request is touched by two.
     */
    static String of(int count) {
        StringBuilder rules =
                new StringBuilder(
                        """
                        forbid(principal, action == Action::"call", resource)
                        when { resource.external && context.amount > 1000 };
                        """);
        for (int one = 1; one < count; one++) {
            int team = count == 2 ? 7 : one;
            String tool = team == 7 ? "Upstream::\"bank\"" : "Upstream::\"u" + one + '"';
            rules.append(
                    """
                    permit(principal in Team::"t%d", action == Action::"call", resource in %s)
                    when { principal.level >= 2 && ["pay", "read"].contains(resource.effect) }
                    unless { context.hour < 6 || !context.from.isInRange(ip("10.0.0.0/8")) };
                    """
                            .formatted(team, tool));
        }
        return rules.toString();
    }

    /** As many, whose heads say nothing, so that every one is evaluated; the last permits. */
    static String flat(int count) {
        StringBuilder rules = new StringBuilder();
        for (int one = 1; one <= count; one++) {
            rules.append(
                    """
                    permit(principal, action, resource)
                    when { principal.level > %d && context.amount < 100 };
                    """
                            .formatted(one == count ? 2 : 3));
        }
        return rules.toString();
    }
}
