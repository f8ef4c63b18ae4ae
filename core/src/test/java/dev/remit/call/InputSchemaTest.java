package dev.remit.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments held against the schema of their tool: what fits beside what does not. */
final class InputSchemaTest {
    private static Value.Fields fields(String json) {
        try {
            return JsonReader.readFields(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Optional<String> fault(String schema, String arguments) {
        Value.Fields definition = Value.object().put("inputSchema", fields(schema)).build();
        return InputSchema.fault(definition, fields(arguments));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    # of `a`                                  | fits             | does not           | told
                    {'type':'string'}                         | 'x'              | 7                  | it is string
                    {'type':'string'}                         | ''               | null               | it is
                    {'type':'number'}                         | 7.5              | '7.5'              | it is number
                    {'type':'integer'}                        | 7.0              | 7.5                | it is integer
                    {'type':'integer'}                        | -1e3             | true               | it is
                    {'type':'boolean'}                        | false            | 0                  | it is
                    {'type':'array'}                          | []               | {}                 | it is
                    {'type':'object'}                         | {}               | []                 | it is
                    {'type':'null'}                           | null             | false              | it is
                    {'type':['string','null']}                | null             | 7                  | it is one of "string", "null"
                    {'type':'string','nullable':true}         | null             | 7                  | it is
                    {'enum':['a',1,null]}                     | 1.0              | 'b'                | it is one of "a", 1, null
                    {'const':{'x':1}}                         | {'x':1}          | {'x':2}            | it is {"x":1}
                    {'minimum':1,'maximum':3}                 | 3                | 3.01               | its maximum is 3
                    {'minimum':1}                             | 1                | 0                  | its minimum is 1
                    {'exclusiveMinimum':1}                    | 1.1              | 1                  | its exclusiveMinimum is 1
                    {'exclusiveMaximum':1}                    | 0.9              | 1                  | its exclusiveMaximum is 1
                    {'minLength':2}                           | 'ab'             | 'a'                | at least 2
                    {'maxLength':2}                           | '\ud83c\udf39b' | 'abc'              | at most 2
                    {'minItems':1}                            | [1]              | []                 | at least 1
                    {'maxItems':1}                            | [1]              | [1,2]              | at most 1
                    {'minProperties':1}                       | {'x':1}          | {}                 | at least 1
                    {'maxProperties':1}                       | {'x':1}          | {'x':1,'y':2}      | at most 1
                    {'items':{'type':'string'}}               | ['x']            | ['x',7]            | `a[1]`: it is
                    {'prefixItems':[{'type':'string'}],'items':false} | ['x']    | ['x','y']          | `a[1]`: nothing
                    {'properties':{'x':{'type':'string'}}}    | {'x':'','y':1}   | {'x':1}            | `a.x`: it is
                    {'required':['x']}                        | {'x':null}       | {'y':1}            | `a`: it needs `x`
                    {'additionalProperties':false,'properties':{'x':{}}} | {'x':1} | {'y':1}          | `a.y`: nothing
                    {'additionalProperties':{'type':'string'}} | {'y':'z'}       | {'y':1}            | `a.y`: it is
                    {'anyOf':[{'type':'string'},{'type':'null'}]} | null         | 7                  | `a`: it is
                    {'oneOf':[{'type':'string'},{'maxLength':3}]} | 'x'          | {}|
                    {'allOf':[{'type':'string'},{'maxLength':1}]} | 'x'          | 'xy'               | at most 1
                    {'$ref':'#/$defs/b~1c'}                   | 'x'              | 7                  | it is string
                    false                                     |                  | 7                  | nothing may stand there
                    """)
    void whatFitsAndWhatDoesNot(String schema, String fits, String not, String told) {
        String whole = "{'$defs':{'b/c':{'type':'string'}},'properties':{'a':" + schema + "}}";
        if (fits != null) {
            assertThat(fault(whole, "{'a':" + fits + "}")).isEmpty();
        }
        if (told != null) {
            assertThat(fault(whole, "{'a':" + not + "}"))
                    .hasValueSatisfying(said -> assertThat(said).contains("`a").contains(told));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {'properties':{'a':{}}}                                 | it takes no `sudo`; it takes a
                    {'type':'object','properties':{}}                       | it takes no `sudo`, and no other argument
                    {'properties':{'a':{}},'additionalProperties':false}    | `sudo`: nothing may stand there
                    {'properties':{'a':{}},'additionalProperties':true}     |
                    {'properties':{'a':{}},'additionalProperties':{}}       |
                    {'properties':{'a':{}},'patternProperties':{'^s':{}}}   |
                    {'properties':{'a':{}},'allOf':[{'properties':{'sudo':{}}}]} |
                    {'type':'object'}                                       |
                    {}                                                      |
                    """)
    void whatNoSchemaNames(String schema, String told) {
        assertThat(fault(schema, "{'sudo':true}")).isEqualTo(Optional.ofNullable(told));
        assertThat(fault(schema, "{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {'__proto__':{'x':1}}                     | true
                    {'constructor':1}                         | true
                    {'prototype':1}                           | true
                    {'a':[{'__proto__':1}]}                   | true
                    {'a':{'constructor':{'prototype':{}}}}    | true
                    {'a':{'constructor':'Ferrari'}}           | false
                    {'a':'__proto__'}                         | false
                    """)
    void namesThatChangeTheirReader(String arguments, boolean refused) {
        assertThat(fault("{'additionalProperties':true}", arguments).isPresent())
                .isEqualTo(refused);
    }

    @Test
    void whatTheSchemaNamesItselfMayBeCalledSo() {
        assertThat(fault("{'properties':{'constructor':{}}}", "{'constructor':'Ferrari'}"))
                .isEmpty();
    }

    @Test
    void whatIsNotKnownLetsThrough() {
        for (String rule :
                new String[] {
                    "'type':'float'",
                    "'type':7",
                    "'pattern':'^(a+)+$'",
                    "'format':'email'",
                    "'not':{}",
                    "'if':{},'then':false",
                    "'$ref':'https://evil.example/schema.json'",
                    "'$ref':'file:///etc/passwd'",
                    "'$ref':'#/nowhere'",
                    "'$ref':'#anchor'",
                    "'enum':'a'",
                    "'minimum':'a'",
                    "'minLength':1.5",
                    "'required':'x'",
                    "'properties':[]",
                    "'unevaluatedProperties':false"
                }) {
            assertThat(fault("{'properties':{'a':{" + rule + "}}}", "{'a':'aaaaaaaaaaaaaaaa!'}"))
                    .as(rule)
                    .isEmpty();
        }
        assertThat(InputSchema.fault(Value.Fields.EMPTY, fields("{'a':1}"))).isEmpty();
    }

    /** Neither loops, nor what doubles with every step, nor depth, keep it long. */
    @Test
    @Timeout(10)
    void thereIsAnEndToIt() {
        long began = System.nanoTime();
        assertThat(fault("{'properties':{'a':{'$ref':'#/properties/a'}}}", "{'a':1}")).isPresent();
        assertThat(
                        fault(
                                "{'$defs':{'x':{'allOf':[{'$ref':'#/$defs/x'},{'$ref':'#/$defs/x'}]}},"
                                        + "'properties':{'a':{'$ref':'#/$defs/x'}}}",
                                "{'a':1}"))
                .isPresent();
        String nested = "'a'";
        for (int i = 0; i < 50; i++) {
            nested = "{'a':" + nested + "}";
        }
        assertThat(fault("{'properties':{'a':{'$ref':'#'}}}", nested)).isEmpty();
        String many = "{'a':[" + "1,".repeat(100_000) + "1]}";
        assertThat(fault("{'properties':{'a':{'items':{'type':'integer'}}}}", many)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsToldIsShort() {
        String name = "x".repeat(5_000);
        assertThat(fault("{'properties':{'" + name + "':{}}}", "{'" + name + "y':1}").orElseThrow())
                .hasSizeLessThan(200);
    }
}
