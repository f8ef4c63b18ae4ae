package dev.remit.notice;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.registry.asked.Waiting;
import java.util.List;

/**
 * A question as a message: the risk first, who asks for which tool, and a link to the page where it
 * is answered. What would be sent is on the page alone. Names are others' words and stand as plain
 * text, in which nothing is markup; the line for notifications has none of them.
 */
final class Notice {
    private Notice() {}

    /**
     * The message, in Slack's form.
     *
     * @param link to the question
     */
    static String of(Waiting one, String link) {
        String risk = one.risk().title() + ": " + one.risk().words() + ".";
        String who =
                Quotation.of(one.agent())
                        + " asks to call "
                        + Quotation.of(one.question().tool().toString())
                        + (one.doubt().isPresent() ? ". There is a doubt about it." : ".");
        Value button =
                Value.object()
                        .put("type", "button")
                        .put("text", plain("Look and answer"))
                        .put("url", link)
                        .build();
        return Value.object()
                .put("text", "A call waits for an answer. " + one.risk().title() + ".")
                .put(
                        "blocks",
                        new Value.Items(
                                List.of(
                                        section(risk),
                                        section(who),
                                        Value.object()
                                                .put("type", "actions")
                                                .put("elements", new Value.Items(List.of(button)))
                                                .build(),
                                        section(
                                                "Silence until "
                                                        + one.question().waitsUntil()
                                                        + " is no."))))
                .build()
                .json();
    }

    private static Value section(String text) {
        return Value.object().put("type", "section").put("text", plain(text)).build();
    }

    private static Value plain(String text) {
        return Value.object()
                .put("type", "plain_text")
                .put("emoji", false)
                .put("text", text)
                .build();
    }
}
