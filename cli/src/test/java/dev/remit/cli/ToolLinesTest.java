package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a person reads of a tool, in one line and in full. */
final class ToolLinesTest {
    private static Value.Fields tool(String more) throws Exception {
        String json =
                "{'tool':'notes.nudge','description':'Nudges\u202e a member.','reads':false,"
                        + "'labels':['quiet'],'taken_to':{'effects':['send'],'arguments':{'note':"
                        + "'content','whom':'destination'},'receives':['whom'],'outsiders_set':"
                        + "['sender'],'instead_of':{'effects':['change'],'arguments':{'whom':"
                        + "'plain'}}}"
                        + more
                        + "}";
        return JsonReader.readFields(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aToolIsOneLineOfTheList() throws Exception {
        assertThat(ToolLines.inShort(tool("")))
                .isEqualTo(
                        "notes.nudge                             (send) #quiet Nudges\\u{202e} a"
                                + " member.");
        assertThat(ToolLines.inShort(tool(",'held':'00'")))
                .contains("HELD, its definition changed: (send)");
    }

    @Test
    void whatTheOperatorCorrectedIsMarked() throws Exception {
        assertThat(ToolLines.all(tool("")))
                .containsExactly(
                        "notes.nudge",
                        "  Nudges\\u{202e} a member.",
                        "  does                send (yours; its definition: change)",
                        "  note                content",
                        "  whom                destination (yours; its definition: plain)",
                        "  receives            whom",
                        "  outsiders set       sender");
    }

    @Test
    void whatAHeldDefinitionWouldChangeStandsBeside() throws Exception {
        assertThat(
                        ToolLines.all(
                                tool(
                                        ",'held':'00','would_be_taken_to':{'effects':['send'],"
                                                + "'arguments':{'cc\u202e':'destination','note':"
                                                + "'content'},'receives':['cc'],'outsiders_set':"
                                                + "[]}")))
                .containsSubsequence(
                        "                      accepted                          held, as it would be",
                        "! cc\\u{202e}          no such argument                  destination",
                        "  note                content                           content",
                        "! receives            whom                              cc",
                        "! outsiders set       sender                            -");
    }
}
