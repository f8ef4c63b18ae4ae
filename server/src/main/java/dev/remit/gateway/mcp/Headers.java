package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gateway.wire.HeaderText;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Revision;
import dev.remit.gateway.wire.Rpc;
import dev.remit.http.Exchange;
import java.util.List;
import java.util.Optional;

/** Holds a request's headers against its body; what stands in both must be the same. */
final class Headers {
    static final String VERSION = "MCP-Protocol-Version";
    static final String SESSION = "Mcp-Session-Id";

    private Headers() {}

    /** Whether the message is of the revision without sessions; the body or a header says so. */
    static boolean isStateless(Exchange exchange, Message message) {
        List<String> named = exchange.headers(VERSION);
        boolean old =
                named.isEmpty()
                        || named.stream()
                                .allMatch(
                                        one ->
                                                Revision.of(one)
                                                        .filter(Revision::hasSessions)
                                                        .isPresent());
        return !old || Rpc.meta(message.params()).get(Meta.VERSION).isPresent();
    }

    /**
     * Checks a stateless request.
     *
     * @throws Rejected with what does not fit
     */
    static void check(Exchange exchange, Message.Request request) {
        Value.Fields meta = Rpc.meta(request.params());
        List<String> named = exchange.headers(VERSION);
        if (named.size() != 1) {
            throw mismatch(request.id(), "the header " + VERSION + " must be there once");
        }
        Optional<String> version = meta.text(Meta.VERSION);
        if (version.isEmpty() || meta.fields(Meta.CAPABILITIES).isEmpty()) {
            throw Rejected.unreadable(
                    400,
                    request.id(),
                    Rpc.INVALID_PARAMS,
                    "`_meta` must hold `" + Meta.VERSION + "` and `" + Meta.CAPABILITIES + "`");
        }
        if (!version.get().equals(named.getFirst())) {
            throw mismatch(request.id(), "the header " + VERSION + " is not what `_meta` says");
        }
        if (!version.get().equals(Revision.STATELESS.text())) {
            throw Rejected.unreadable(
                    400,
                    request.id(),
                    Rpc.VERSION_UNSUPPORTED,
                    "this revision is not spoken here without a session",
                    Value.object()
                            .put("supported", Value.ofTexts(List.of(Revision.STATELESS.text())))
                            .put("requested", version.get())
                            .build());
        }
        checkNames(exchange, request);
    }

    private static void checkNames(Exchange exchange, Message.Request request) {
        if (!exchange.headers("Mcp-Method").equals(List.of(request.method()))) {
            throw mismatch(request.id(), "the header Mcp-Method must be the body's method");
        }
        Optional<String> name =
                switch (request.method()) {
                    case "tools/call", "prompts/get" -> request.params().text("name");
                    case "resources/read" -> request.params().text("uri");
                    case "tasks/get", "tasks/update", "tasks/cancel" ->
                            request.params().text("taskId");
                    default -> Optional.empty();
                };
        List<String> named = exchange.headers("Mcp-Name");
        boolean fits =
                name.isEmpty()
                        || (named.size() == 1 && HeaderText.decode(named.getFirst()).equals(name));
        if (!fits) {
            throw mismatch(request.id(), "the header Mcp-Name must be what the body names");
        }
    }

    static Rejected mismatch(Value id, String what) {
        return Rejected.unreadable(400, id, Rpc.HEADER_MISMATCH, what);
    }

    /**
     * Checks the headers that say how the body is to be read.
     *
     * @throws Rejected if it is not plain JSON
     */
    static void checkContent(Exchange exchange) {
        if (!exchange.isPlainJson()) {
            throw Rejected.unreadable(
                    415,
                    new Value.Nothing(),
                    Rpc.INVALID_REQUEST,
                    "the body must be application/json in UTF-8, not encoded further");
        }
    }
}
