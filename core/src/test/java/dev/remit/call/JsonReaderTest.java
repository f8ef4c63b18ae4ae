package dev.remit.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two readers could understand differently is refused; its harmless twin is read. */
final class JsonReaderTest {
    private static Value read(String json) throws MalformedJson {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String json, String why) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "{\"a\" 1}",
                "\"a",
                "nul",
                "True",
                "NaN",
                "Infinity",
                "-",
                "+1",
                ".5",
                "5.",
                "1e",
                "1e+",
                "0x10",
                "// c\n1",
                "[1]]",
                "\"\\x41\"",
                "\"\\u12G4\"",
                "\"\\u12\"",
                "\"\t\"",
                "\"a\u0000b\""
            })
    @DisplayName("INTENT-008 what is not JSON is refused")
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "0",
                "-0",
                "-1.5e-3",
                "1E5",
                "\"\"",
                "\"\\u0041\\n\\/\"",
                "null",
                " \t\r\n true ",
                "[1,[2,{\"a\":[]}]]",
                "\"\u007f\u2028\"",
                "{\"\":1}"
            })
    void whatIsJsonIsRead(String json) {
        assertThatCode(() -> read(json)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("INTENT-003 INTENT-005 a name twice, however it is spelled")
    void aNameThatOccursTwiceIsRefusedHoweverItIsSpelled() throws MalformedJson {
        refused("{\"a\":1,\"a\":1}", "twice");
        refused("{\"a\":1,\"\\u0061\":2}", "twice");
        refused("[{\"b\":{\"a\":null,\"a\":null}}]", "twice");
        assertThat(read("{\"a\":{\"a\":1},\"A\":2}").json()).isEqualTo("{\"a\":{\"a\":1},\"A\":2}");
    }

    @Test
    void nestingIsBounded() {
        int most = JsonReader.MAX_DEPTH;
        assertThatCode(() -> read("[".repeat(most) + "]".repeat(most))).doesNotThrowAnyException();
        refused("[".repeat(most + 2) + "]".repeat(most + 2), "nested");
        refused("[".repeat(100_000), "nested");
        refused("{\"a\":".repeat(most + 2), "nested");
    }

    @Test
    void surrogatesComeInPairs() throws MalformedJson {
        refused("\"\\ud83d\"", "");
        refused("\"\\ud83dx\"", "");
        refused("\"\\ude00\"", "surrogate");
        refused("\"\\ude00\\ud83d\"", "surrogate");
        refused("\"\\ud83d\\u0041\"", "surrogate");
        assertThat(read("\"\\ud83d\\ude00\"")).isEqualTo(Value.of("😀"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22ff22",
                "22c322",
                "22c0af22",
                "22eda08022",
                "22f490808022",
                "22e28222",
                "22fe22",
                "efbbbf7b7d",
                "fffe7b007d00",
                "7b007d00"
            })
    void whatIsNotUtf8IsRefused(String hex) {
        assertThatThrownBy(() -> JsonReader.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void whatIsUtf8IsRead() throws MalformedJson {
        assertThat(read("\"aé€😀\"")).isEqualTo(Value.of("aé€😀"));
        assertThat(read("\"é\\u00e9\"")).isEqualTo(Value.of("éé"));
    }

    @Test
    @DisplayName("INTENT-006 numbers are bounded")
    void numbersAreBoundedInLengthAndSize() {
        refused("1".repeat(JsonReader.MAX_NUMBER + 1), "more than");
        assertThatCode(() -> read("1".repeat(JsonReader.MAX_NUMBER))).doesNotThrowAnyException();
        refused("1e401", "range");
        refused("1e-500", "range");
        refused("1e99999", "range");
        refused("01", "starts with 0");
        refused("-01", "starts with 0");
        assertThatCode(() -> read("1e399")).doesNotThrowAnyException();
        assertThatCode(() -> read("0e9999")).doesNotThrowAnyException();
    }

    @Test
    void nothingFollowsTheValue() {
        refused("{} {}", "after");
        refused("1,", "after");
        refused("null\u0000", "after");
        assertThatCode(() -> read("{}\n")).doesNotThrowAnyException();
    }

    @Test
    void theFaultIsNamedWithItsPlaceAndNeverTheContent() {
        assertThatThrownBy(() -> read("{\"secret\":\"hunter2\",\"secret\":1}"))
                .hasMessage("a name occurs twice in one object at byte 20");
    }
}
