package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Line;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Logged;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import java.util.Optional;

/** The line to an agent with a session: it is told and asked while its request waits. */
final class SessionLine implements Line {
    private final Session session;
    private final Outgoing outgoing;
    private final Value id;
    private final Optional<Value> progress;

    SessionLine(Session session, Outgoing outgoing, Message.Request request) {
        this.session = session;
        this.outgoing = outgoing;
        this.id = request.id();
        this.progress = Rpc.meta(request.params()).get(Meta.PROGRESS);
    }

    @Override
    public Value.Fields aside() {
        return new Aside(
                        false,
                        session.capabilities(),
                        progress.isPresent(),
                        session.logLevel(),
                        Optional.empty(),
                        Optional.empty())
                .fields();
    }

    @Override
    public void tell(Value.Fields notification) {
        Value.Fields params = Rpc.params(notification);
        switch (notification.text("method").orElse("")) {
            case "notifications/progress" ->
                    progress.ifPresent(
                            token ->
                                    outgoing.tell(
                                            Rpc.notification(
                                                    "notifications/progress",
                                                    params.with(Meta.PROGRESS, token))));
            case "notifications/message" -> {
                if (Logged.isWanted(params.text("level").orElse(""), session.logLevel())) {
                    outgoing.tell(notification);
                }
            }
            case "notifications/elicitation/complete",
                    "notifications/tools/list_changed",
                    "notifications/prompts/list_changed",
                    "notifications/resources/list_changed" ->
                    outgoing.tell(notification);
            default -> {}
        }
    }

    @Override
    public Optional<Value.Fields> ask(Value.Fields request) {
        if (!Asking.may(session.capabilities(), request)) {
            return Optional.empty();
        }
        Value question = session.nextQuestion();
        Value.Fields message =
                Rpc.request(question, request.text("method").orElse(""), Rpc.params(request));
        boolean said =
                outgoing.tell(message)
                        || session.held().filter(held -> held.say(message)).isPresent();
        if (!said) {
            session.answered(new Message.Response(question, Optional.empty()));
        }
        return session.answerTo(question);
    }

    @Override
    public void whenCancelled(Runnable then) {
        session.whenCancelled(id, then);
    }
}
