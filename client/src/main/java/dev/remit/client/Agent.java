package dev.remit.client;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Handover;
import dev.remit.identity.Jwk;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An agent's instance at its gateway: calls tools, and is told plainly when it may not.
 *
 * <pre>{@code
 * Agent agent = Agent.open(URI.create("http://127.0.0.1:8420"), Path.of("agent.json"),
 *         new Enrolment.ByCode(code));
 * switch (agent.call("docs.edit", Map.of("path", "/agendas/thursday.md", "text", agenda))) {
 *     case Answer.Done done -> System.out.println(done.text());
 *     case Answer.Refused refused -> System.out.println(refused.text());
 *     case Answer.Failed failed -> System.out.println(failed.text());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Agent {
    private static final String REVISION = "2026-07-28";
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String PATH = "/mcp";
    private static final long HEADER_MISMATCH = -32_020;

    private final Gateway gateway;
    private final HeaderMirror mirror = new HeaderMirror();
    private final AtomicLong requests = new AtomicLong();

    public Agent(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * The instance whose key is in this file. If there is no file, a key is made and kept there,
     * for its owner alone, and enrolled.
     *
     * @throws GatewayFailed if the gateway does not take it, or the file cannot be used
     */
    public static Agent open(URI gateway, Path file, Enrolment enrolment) {
        Identity identity =
                Files.exists(file)
                        ? Identity.read(file)
                        : Identity.fresh(gateway, AgentKey.fresh()).write(file);
        if (identity.client().isEmpty() || isNewer(identity, enrolment)) {
            identity = Gateway.enrol(identity, enrolment).write(file);
        }
        return new Agent(
                new Gateway(identity, Optional.empty(), Gateway.Renewal.by(enrolment, file)));
    }

    private static boolean isNewer(Identity identity, Enrolment enrolment) {
        return enrolment instanceof Enrolment.ByChain chain && !chain.isThatOf(identity);
    }

    /** The tools that the agent's mandate could ever allow, as {@code upstream.tool}. */
    public List<String> tools() {
        List<String> names = new ArrayList<>();
        for (Value tool : list().fields("result").orElse(Value.Fields.EMPTY).items("tools")) {
            if (tool instanceof Value.Fields definition) {
                definition
                        .text("name")
                        .map(name -> name.replaceFirst("__", "."))
                        .ifPresent(names::add);
            }
        }
        return names;
    }

    /**
     * Calls a tool.
     *
     * @param tool as {@code upstream.tool}
     * @param arguments texts, numbers, booleans, nulls, lists and maps of them, or {@link Value}s
     * @throws GatewayFailed if the gateway cannot be reached
     */
    public Answer call(String tool, Map<String, ?> arguments) {
        Value.Fields params =
                Value.object()
                        .put("name", tool.replaceFirst("\\.", "__"))
                        .put("arguments", value(arguments))
                        .build();
        Value.Fields answer = send("tools/call", params);
        boolean unmarked =
                answer.fields("error").stream()
                        .anyMatch(error -> error.whole("code").orElse(0) == HEADER_MISMATCH);
        if (unmarked) {
            list();
            answer = send("tools/call", params);
        }
        return read(answer);
    }

    /**
     * Passes a part of what this agent may do on to a helper, by its signature and with no server.
     * The helper shows what is returned to the gateway ({@link Enrolment.ByChain}); without its key
     * it is worth nothing.
     *
     * <pre>{@code
     * Value.Fields part = Value.object().put("name", "p1").put("tool", "docs.read").build();
     * String chain = agent.delegate("mdt_7", Passing.of().part(part).uses(5), helpersKey);
     * }</pre>
     *
     * @param mandate the mandate's id
     * @param what core's {@code mandate.Passing}
     * @param to the helper's public key
     * @throws GatewayFailed if the gateway would not take it; the message says what to do
     */
    public String delegate(String mandate, Handover what, Jwk to) {
        return gateway.delegate(mandate, what, to).text();
    }

    private Value.Fields list() {
        Value.Fields request = Value.object().put("method", "tools/list").build();
        Value.Fields answer = send("tools/list", Value.Fields.EMPTY);
        mirror.learn(request, answer);
        return answer;
    }

    private static Answer read(Value.Fields answer) {
        Optional<Value.Fields> result = answer.fields("result");
        Optional<Value.Fields> refusal =
                result.flatMap(one -> one.fields("_meta"))
                        .flatMap(meta -> meta.fields("dev.remit/refusal"));
        String text = text(answer);
        if (refusal.isPresent() && !refusal.get().flag("underWay")) {
            return new Answer.Refused(
                    text,
                    refusal.get().text("code").orElse(""),
                    refusal.get().text("call").orElse(""));
        }
        return result.isEmpty() || result.get().flag("isError")
                ? new Answer.Failed(text)
                : new Answer.Done(text, result.get().fields("structuredContent"));
    }

    private static String text(Value.Fields answer) {
        StringBuilder text = new StringBuilder();
        for (Value block : answer.fields("result").orElse(Value.Fields.EMPTY).items("content")) {
            if (block instanceof Value.Fields fields) {
                fields.text("text").ifPresent(text::append);
            }
        }
        return text.isEmpty()
                ? answer.fields("error").flatMap(error -> error.text("message")).orElse("")
                : text.toString();
    }

    private Value.Fields send(String method, Value.Fields params) {
        Value.Fields meta =
                Value.object()
                        .put(PREFIX + "protocolVersion", REVISION)
                        .put(
                                PREFIX + "clientInfo",
                                Value.object()
                                        .put("name", "remit-client")
                                        .put("version", "1")
                                        .build())
                        .put(PREFIX + "clientCapabilities", Value.Fields.EMPTY)
                        .build();
        Value.Fields message =
                Value.object()
                        .put("jsonrpc", "2.0")
                        .put("id", requests.incrementAndGet())
                        .put("method", method)
                        .put("params", params.with("_meta", meta))
                        .build();
        Map<String, String> headers = new HashMap<>(mirror.headers(message));
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        byte[] body = message.json().getBytes(StandardCharsets.UTF_8);
        return answer(gateway.send("POST", PATH, headers, body));
    }

    private static Value.Fields answer(HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        try (InputStream body = response.body()) {
            byte[][] last = {new byte[0]};
            if (type.startsWith("text/event-stream")) {
                EventStream.read(body, event -> last[0] = event);
            } else {
                last[0] = body.readAllBytes();
            }
            return JsonReader.readFields(last[0]);
        } catch (IOException | MalformedJson e) {
            throw new GatewayFailed(
                    "the gateway answered "
                            + response.statusCode()
                            + " with something that cannot be read",
                    e);
        }
    }

    private static Value value(@Nullable Object given) {
        if (given == null) {
            return new Value.Nothing();
        }
        if (given instanceof Value ready) {
            return ready;
        }
        if (given instanceof String text) {
            return Value.of(text);
        }
        if (given instanceof Boolean flag) {
            return Value.of(flag);
        }
        if (given instanceof Number number) {
            return new Value.Num(new BigDecimal(number.toString()));
        }
        if (given instanceof List<?> items) {
            return new Value.Items(items.stream().map(Agent::value).toList());
        }
        if (given instanceof Map<?, ?> fields) {
            Value.Building object = Value.object();
            fields.forEach((name, one) -> object.put(String.valueOf(name), value(one)));
            return object.build();
        }
        throw new IllegalArgumentException(
                "an argument is a text, number, boolean, list or map, not a "
                        + given.getClass().getName());
    }
}
