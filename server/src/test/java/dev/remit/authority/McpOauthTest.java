package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.assent.TaskForm;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.testkit.Npm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official MCP client with its own OAuth, in a process of its own: from a challenge to a
 * revocation, without a key and with one.
 */
final class McpOauthTest {
    private static final String REDIRECT = "http://127.0.0.1:4711/callback";

    @TempDir Path data;

    @BeforeAll
    static void install() {
        Npm.install();
    }

    @ParameterizedTest
    @CsvSource({
        "bearer, Bearer, desk__echo, refused",
        "dpop, DPoP, desk__echo desk__there, allowed"
    })
    @Timeout(120)
    void fromAChallengeToARevocation(String binding, String type, String tools, String other)
            throws Exception {
        try (FakeHttpServer upstream = new FakeHttpServer();
                ConsentRig rig = open(data, upstream)) {
            PublishedClient client = rig.client();
            see(rig);
            Process process =
                    run(
                            binding,
                            rig.gateway().issuer() + "/mcp",
                            client.id(),
                            REDIRECT,
                            "desk__echo",
                            "desk__there");
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String go = said.readLine();
                assertThat(go).startsWith("go http://localhost:");
                HttpResponse<String> page = client.page(URI.create(go.substring(3)));
                HttpResponse<String> answer = choose(client, page);
                String back = PublishedClient.address(answer) + "\n";
                process.getOutputStream().write(back.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                assertThat(said.lines())
                        .containsExactly(
                                "type " + type,
                                "tools " + tools,
                                "desk__echo allowed",
                                "desk__there " + other,
                                "renewed allowed",
                                "rotated true",
                                "revocation 200",
                                "after invalid_grant");
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroy();
            }
        }
    }

    static ConsentRig open(Path data, FakeHttpServer upstream) throws IOException {
        return ConsentRig.open(
                data,
                InstantSource.system(),
                config -> config.with(List.of(upstream.settings("desk", Map.of()))));
    }

    /** Has the tools listed once, so that a person can choose them, and marks one as reading. */
    static void see(ConsentRig rig) {
        Value.Fields tokens =
                KnockedGateway.json(
                        rig.client().token(rig.client().byCode(rig.client().code(wish(rig)))));
        assertThat(BearerTest.list(rig, rig.client().key, tokens)).contains("desk__echo");
        rig.gateway()
                .operator(
                        "tools/mark",
                        Value.object().put("tool", "desk.echo").put("reads", true).build());
    }

    private static Map<String, String> wish(ConsentRig rig) {
        Map<String, String> asked = rig.client().usual();
        asked.put("authorization_details", BearerTest.WISH);
        return asked;
    }

    /** The person says the task and chooses two tools. */
    static HttpResponse<String> choose(PublishedClient client, HttpResponse<String> page) {
        HttpResponse<String> chosen =
                client.visitor()
                        .postForm(
                                "/oauth2/authorize",
                                PublishedClient.form(
                                        Map.of(
                                                "form",
                                                hidden(page, "form"),
                                                "request",
                                                hidden(page, "request"),
                                                "answer",
                                                "allow",
                                                TaskForm.TASK,
                                                "echo it again",
                                                TaskForm.TOOL + "desk.echo",
                                                "yes",
                                                TaskForm.TOOL + "desk.there",
                                                "yes",
                                                TaskForm.LIVES,
                                                "PT1H")));
        return client.answer(chosen, "allow");
    }

    private static String hidden(HttpResponse<String> page, String name) {
        Matcher value =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(value.find()).as(page.body()).isTrue();
        return value.group(1);
    }

    private static Process run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        all.addAll(List.of(Npm.node(), Npm.script("mcp-oauth.mjs").toString()));
        all.addAll(List.of(arguments));
        return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
