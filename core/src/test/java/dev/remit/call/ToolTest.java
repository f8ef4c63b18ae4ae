package dev.remit.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Names of upstreams and tools, joined in one. */
class ToolTest {
    private static final List<String> PARTS = List.of("a", "b", "_", "__", "-", "a_", "_b", "a-b");

    @Test
    @DisplayName("TOOL-006 no two tools have the same name in one list")
    void noTwoToolsAreCalledTheSame() {
        Map<String, Tool> named = new HashMap<>();
        for (String first : PARTS) {
            for (String second : PARTS) {
                for (String name : List.of("a", "_a", "__a", "a__b", "b_", "__")) {
                    String upstream = first + second;
                    if (Tool.isUpstream(upstream) && Tool.isName(name)) {
                        Tool tool = new Tool(upstream, name);
                        Tool same = named.putIfAbsent(upstream + "__" + name, tool);
                        assertThat(same).isIn(null, tool);
                    }
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(40);
    }

    @Test
    void anUpstreamsNameHoldsNoJoint() {
        assertThat(List.of("a__b", "a_", "_a", "__", "A", "a.b", "")).noneMatch(Tool::isUpstream);
        assertThat(List.of("a", "a_b", "a-b", "a1")).allMatch(Tool::isUpstream);
    }
}
