package dev.remit.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWriterTest {
    private static String canonical(String json) throws MalformedJson {
        Value value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        return new String(JsonWriter.canonical(value), StandardCharsets.UTF_8);
    }

    /** RFC 8785, appendix B: the bits of a double, and how it is written. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void numbersAreWrittenAsEcmaScriptDoes(String bits, String written) throws MalformedJson {
        long expected = Long.parseUnsignedLong(bits, 16);
        assertThat(Double.doubleToLongBits(Double.parseDouble(written))).isEqualTo(expected);
        assertThat(canonical(written)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "-0, 0",
        "0.0, 0",
        "1.0, 1",
        "10e-1, 1",
        "4.50, 4.5",
        "2e-3, 0.002",
        "1E30, 1e+30",
        "0.000000000000000000000000001, 1e-27",
        "100e18, 100000000000000000000",
        "1e21, 1e+21"
    })
    void anySpellingOfANumberIsWrittenTheSame(String given, String written) throws MalformedJson {
        assertThat(canonical(given)).isEqualTo(written);
    }

    /** RFC 8785, section 3.2.2. */
    @Test
    void stringsAreEscapedAsLittleAsMayBe() throws MalformedJson {
        assertThat(canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""))
                .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
        assertThat(canonical("[null, true ,false]")).isEqualTo("[null,true,false]");
    }

    /** RFC 8785, section 3.2.3. */
    @Test
    void namesAreSortedByTheirUtf16CodeUnits() throws MalformedJson {
        String json =
                """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return",
                 "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                 "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """;
        assertThat(canonical(json))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"ö\":\"Latin Small Letter O With Diaeresis\","
                                + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
                                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"b\":1,\"a\":{\"d\":[1,{\"f\":1,\"e\":2}],\"c\":\"x\"}}", "[]", "{}"})
    void theCanonicalFormOfTheCanonicalFormIsItself(String json) throws MalformedJson {
        assertThat(canonical(canonical(json))).isEqualTo(canonical(json));
    }

    @Test
    void thePlainFormKeepsTheOrderOfNames() throws MalformedJson {
        Value value = JsonReader.read("{\"b\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8));
        assertThat(value.json()).isEqualTo("{\"b\":1,\"a\":2}");
    }
}
