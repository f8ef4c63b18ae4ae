package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.gateway.wire.Meta;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How an agent is told that a person is asked, and where they answer if there are pages for people.
 */
final class Waits {
    /** The code that stands where a refusal's would. */
    static final String CODE = "person-asked";

    private static final String ADVICE =
            "Repeat the identical call in a while: it goes through if they said yes. Do not change"
                    + " it meanwhile, or they are asked anew; do something else that the task needs.";

    private Waits() {}

    static String said(Answer.Asked asked, Optional<String> page) {
        return "Not made yet: "
                + asked.refusal().sentence()
                + ". "
                + (asked.detail().isEmpty() ? "" : asked.detail() + " ")
                + "A person is asked, until "
                + asked.until().truncatedTo(ChronoUnit.SECONDS)
                + ". "
                + ADVICE
                + page.map(one -> " The person's page: " + one).orElse("")
                + " (question "
                + asked.question()
                + ", call "
                + asked.call()
                + ")";
    }

    static Value.Fields of(Answer.Asked asked, Optional<String> page) {
        Value.Fields structured =
                Value.object()
                        .put("code", CODE)
                        .put("call", asked.call().text())
                        .put("question", asked.question().text())
                        .put("until", asked.until().toString())
                        .put("because", asked.refusal().code())
                        .put("sentence", "a person is asked whether this call may be made")
                        .put("detail", asked.detail())
                        .put("advice", ADVICE)
                        .putIf("page", page.map(Value::of))
                        .build();
        return Value.object().put(Meta.REFUSAL, structured).build();
    }
}
