package dev.remit.gateway.mcp;

import dev.remit.approval.QuestionId;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.gate.Line;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Has an agent's client bring the person to the page where a held call is answered, and waits there
 * with them for a while (MCP, elicitation in URL mode). What the client says decides nothing: that
 * somebody agreed to open a page is no answer, and who answers has signed in there.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation">MCP,
 *     Elicitation: URL mode</a>
 */
final class Usher {
    /** Where the page is, with the question's name; every person with leave to answer gets on. */
    static final String PAGE = "/mandates/asked/";

    /** Clients give up on a request after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Duration LOOKING = Duration.ofMillis(200);
    private static final int MOST = 500;

    private final Optional<String> pages;
    private final Predicate<QuestionId> waits;
    private final Semaphore places = new Semaphore(MOST);

    /**
     * @param pages the origin that people use; empty if there are no pages for them
     * @param waits whether a question still waits for its answer
     */
    Usher(Optional<String> pages, Predicate<QuestionId> waits) {
        this.pages = pages;
        this.waits = waits;
    }

    /** Whether the question has been answered, or is over, by the time that this returns. */
    boolean isAnswered(Answer.Asked asked, Tool tool, Line line) {
        if (pages.isEmpty() || !places.tryAcquire()) {
            return false;
        }
        try {
            return line.ask(request(pages.get(), asked, tool))
                            .flatMap(said -> said.text("action"))
                            .filter("accept"::equals)
                            .isPresent()
                    && isAnsweredInTime(asked.question(), line);
        } finally {
            places.release();
        }
    }

    private static Value.Fields request(String origin, Answer.Asked asked, Tool tool) {
        String message =
                "Your agent wants to call "
                        + Quotation.of(tool.toString())
                        + ". It waits for your yes or no, on a page of Remit that shows the whole"
                        + " call.";
        Value.Fields params =
                Value.object()
                        .put("mode", "url")
                        .put("elicitationId", asked.question().text())
                        .put("url", origin + PAGE + asked.question())
                        .put("message", message)
                        .build();
        return Value.object().put("method", "elicitation/create").put("params", params).build();
    }

    private boolean isAnsweredInTime(QuestionId question, Line line) {
        CountDownLatch gone = new CountDownLatch(1);
        line.whenCancelled(gone::countDown);
        try {
            for (Duration left = PATIENCE; left.isPositive(); left = left.minus(LOOKING)) {
                if (!waits.test(question)) {
                    return true;
                }
                if (gone.await(LOOKING.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
