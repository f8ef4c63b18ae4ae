package dev.remit.access;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.http.StateSeal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a search (Authorization API 1.0, section 8.2). Where the next one begins is sealed:
 * for the same asker and the same question alone, and not for long.
 */
final class Pages {
    /** How many results a page has at most. */
    static final int LONGEST = 100;

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final StateSeal seal;
    private final InstantSource clock;

    Pages(StateSeal seal, InstantSource clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * The page that is asked for.
     *
     * @param bound what its successor's token is good for
     * @param from where it begins
     * @param most how long it is
     * @param isAsked whether the request says anything of pages
     */
    record Slot(String bound, String from, int most, boolean isAsked) {}

    /**
     * The results of one page.
     *
     * @param next where the next one begins, if there is one
     */
    record Found(List<Value> results, Optional<String> next) {
        static final Found NOTHING = new Found(List.of(), Optional.empty());
    }

    Slot slot(Asker asker, String search, Value.Fields request) {
        String bound =
                "access\0"
                        + asker.text()
                        + "\0"
                        + search
                        + "\0"
                        + Digest.of(JsonWriter.canonical(request.without("page"))).hex();
        if (request.get("page").isEmpty()) {
            return new Slot(bound, "", LONGEST, false);
        }
        Value.Fields page = Entity.object(request, "page");
        Optional<Integer> most = most(page);
        if (page.get("token").isEmpty()) {
            return new Slot(bound, "", most.orElse(LONGEST), true);
        }
        Value.Fields state =
                seal.open(Entity.text(page, "page", "token"), bound, clock.instant())
                        .orElseThrow(() -> Unreadable.of("`page.token` is not good for this"));
        int before = Math.toIntExact(state.whole("most").orElseThrow());
        if (most.isPresent() && most.get() != before) {
            throw Unreadable.of("`page.limit` is not what it was");
        }
        return new Slot(bound, state.text("from").orElseThrow(), before, true);
    }

    private static Optional<Integer> most(Value.Fields page) {
        if (page.get("limit").isEmpty()) {
            return Optional.empty();
        }
        long limit = page.whole("limit").orElse(-1);
        if (limit < 0) {
            throw Unreadable.of("`page.limit` must be a whole number, not below 0");
        }
        return Optional.of((int) Math.min(limit, LONGEST));
    }

    Value.Fields answer(Slot slot, Found found) {
        Value.Building answer = Value.object();
        if (slot.isAsked() || found.next().isPresent()) {
            answer.put(
                    "page",
                    Value.object()
                            .put("next_token", found.next().map(at -> sealed(slot, at)).orElse(""))
                            .put("count", (long) found.results().size())
                            .build());
        }
        return answer.put("results", new Value.Items(found.results())).build();
    }

    private String sealed(Slot slot, String from) {
        Value.Fields state =
                Value.object().put("from", from).put("most", (long) slot.most()).build();
        return seal.seal(state, slot.bound(), clock.instant(), LIFE);
    }
}
