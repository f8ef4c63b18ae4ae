package dev.remit.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class HeadersOnTheWireTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two words", " edges ", "näh", "a\nb", "=?base64?eA==?="})
    void whatIsEncodedIsDecodedToTheSame(String text) {
        assertThat(HeaderText.decode(HeaderText.encode(text))).contains(text);
        assertThat(HeaderText.encode(text)).matches("[\\x20-\\x7e]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=?base64?SGVsbG8?=", "=?base64?SGVs!!!bG8=?=", "=?base64?/w==?=", "näh"})
    void whatCouldNotHaveBeenEncodedIsNotDecoded(String value) {
        assertThat(HeaderText.decode(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?BASE64?SGVsbG8=?=", "=?base64?SGVsbG8=", "SGVsbG8=?="})
    void whatIsNotMarkedExactlyIsTakenAsItIs(String value) {
        assertThat(HeaderText.decode(value)).contains(value);
    }

    private static Value.Fields json(String text) throws MalformedJson {
        return JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'a':{'type':'string','x-mcp-header':''}}}",
                "{'properties':{'a':{'type':'string','x-mcp-header':'two words'}}}",
                "{'properties':{'a':{'type':'number','x-mcp-header':'A'}}}",
                "{'properties':{'a':{'type':'object','x-mcp-header':'A'}}}",
                "{'properties':{'a':{'type':'string','x-mcp-header':5}}}",
                "{'properties':{'a':{'type':'string','x-mcp-header':'A'},"
                        + "'b':{'type':'string','x-mcp-header':'a'}}}",
                "{'properties':{'a':{'items':{'type':'string','x-mcp-header':'A'}}}}",
                "{'anyOf':[{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}]}"
            })
    void aMarkThatTheProtocolForbidsMakesTheToolUnfit(String schema) throws Exception {
        assertThat(ToolHeaders.of(json(schema.replace('\'', '"')))).isEmpty();
    }

    @Test
    void argumentsAreRepeatedInTheHeadersTheyAreMarkedWith() throws Exception {
        ToolHeaders headers =
                ToolHeaders.of(
                                json(
                                        """
                                        {"properties":{
                                          "n":{"type":"integer","x-mcp-header":"N"},
                                          "o":{"properties":{
                                            "s":{"type":"string","x-mcp-header":"S"}}}}}
                                        """))
                        .orElseThrow();
        Value.Fields arguments = json("{\"n\":12,\"o\":{\"s\":\"ö\"}}");

        assertThat(headers.headers(arguments))
                .isEqualTo(Map.of("Mcp-Param-N", "12", "Mcp-Param-S", "=?base64?w7Y=?="));
        assertThat(
                        headers.mismatch(
                                arguments,
                                name ->
                                        name.endsWith("N")
                                                ? List.of("12.0")
                                                : List.of("=?base64?w7Y=?=")))
                .isEmpty();
        assertThat(headers.mismatch(arguments, _ -> List.of("12"))).isPresent();
        assertThat(headers.mismatch(arguments, _ -> List.of())).isPresent();
        assertThat(headers.mismatch(Value.Fields.EMPTY, _ -> List.of())).isEmpty();
    }
}
