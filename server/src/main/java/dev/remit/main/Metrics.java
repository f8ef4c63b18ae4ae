package dev.remit.main;

import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerUnavailable;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the gateway did, in numbers ({@code /metrics}, Prometheus text format). Whatever happens is
 * an event, so what is appended is what is counted.
 */
final class Metrics implements LedgerStore, Edge {
    private final LedgerStore store;
    private final QuestionBook questions;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter decisions =
            Counter.builder()
                    .name("remit_decisions_total")
                    .help("Calls decided, by ruling and refusal")
                    .labelNames("ruling", "refusal")
                    .register(registry);
    private final Counter rules =
            Counter.builder()
                    .name("remit_rules_said_total")
                    .help("What the organisation's rules said of calls, by rule")
                    .labelNames("rule", "as")
                    .register(registry);
    private final Counter asked =
            Counter.builder()
                    .name("remit_questions_total")
                    .help("Calls that a person was to be asked about: asked, merged, or answered")
                    .labelNames("what")
                    .register(registry);
    private final Counter ends =
            Counter.builder()
                    .name("remit_calls_ended_total")
                    .help("Allowed calls by how they ended")
                    .labelNames("end")
                    .register(registry);
    private final Counter strangers =
            Counter.builder()
                    .name("remit_strangers_total")
                    .help("Requests whose sender was not proven, by doubt")
                    .labelNames("doubt")
                    .register(registry);
    private final Counter signIns =
            Counter.builder()
                    .name("remit_sign_ins_total")
                    .help("People who signed in, by way")
                    .labelNames("way")
                    .register(registry);
    private final Counter signInsRefused =
            Counter.builder()
                    .name("remit_sign_ins_refused_total")
                    .help("Attempts to sign in, or to do what only the signed-in may, refused")
                    .labelNames("reason")
                    .register(registry);
    private final Histogram taken =
            Histogram.builder()
                    .name("remit_call_duration_seconds")
                    .help("From sending an allowed call to its end")
                    .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60)
                    .classicOnly()
                    .register(registry);
    private final Histogram appends =
            Histogram.builder()
                    .name("remit_ledger_append_duration_seconds")
                    .help("Until a record is durable")
                    .classicUpperBounds(0.0002, 0.0005, 0.001, 0.002, 0.005, 0.02, 0.1, 1)
                    .classicOnly()
                    .register(registry);
    private final Counter failures =
            Counter.builder()
                    .name("remit_ledger_unavailable_total")
                    .help("Records that could not be made durable")
                    .register(registry);

    Metrics(LedgerStore store, QuestionBook questions) {
        this.store = store;
        this.questions = questions;
        GaugeWithCallback.builder()
                .name("remit_ledger_entries")
                .help("Entries in the ledger")
                .callback(gauge -> gauge.call((double) store.size()))
                .register(registry);
    }

    /**
     * @param trouble why new rules are not taken; empty if they are
     */
    void watchRules(Supplier<String> trouble) {
        GaugeWithCallback.builder()
                .name("remit_rules_not_taken")
                .help("1 while the folder of rules holds something that cannot be taken")
                .callback(gauge -> gauge.call(trouble.get().isEmpty() ? 0 : 1))
                .register(registry);
    }

    @Override
    public Stored append(Draft draft) {
        long start = System.nanoTime();
        try {
            Stored stored = store.append(draft);
            if (stored instanceof Stored.At(long index)) {
                appends.observe((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
                count(draft.event(), index);
            }
            return stored;
        } catch (LedgerUnavailable e) {
            failures.inc();
            throw e;
        }
    }

    /**
     * Whether this entry is what first asked it; an agent repeats its call until it is answered.
     */
    private boolean isNew(QuestionId question, long index) {
        return questions.question(question).filter(one -> one.entry() == index).isPresent();
    }

    private void count(Event event, long index) {
        switch (event) {
            case Event.Decided decided -> {
                decided.rules()
                        .forEach(one -> rules.labelValues(one.rule(), one.as().code()).inc());
                switch (decided.ruling()) {
                    case Event.Ruling.Allowed _ -> decisions.labelValues("allowed", "").inc();
                    case Event.Ruling.Approved _ -> decisions.labelValues("approved", "").inc();
                    case Event.Ruling.Drawn _ -> decisions.labelValues("drawn", "").inc();
                    case Event.Ruling.Asked(QuestionId question, String refusal, _) -> {
                        decisions.labelValues("asked", refusal).inc();
                        asked.labelValues(isNew(question, index) ? "asked" : "merged").inc();
                    }
                    case Event.Ruling.Continued _ -> decisions.labelValues("continued", "").inc();
                    case Event.Ruling.Refused refused ->
                            decisions
                                    .labelValues("refused", refused.refusal())
                                    .inc(1 + refused.more());
                }
            }
            case Event.Concluded ended -> {
                ends.labelValues(ended.end().name().toLowerCase(Locale.ROOT)).inc();
                taken.observe(ended.took().toNanos() / (double) TimeUnit.SECONDS.toNanos(1));
            }
            case Event.Asked upstreams -> {
                ends.labelValues("asked").inc();
                taken.observe(upstreams.took().toNanos() / (double) TimeUnit.SECONDS.toNanos(1));
            }
            case Event.CallUnreadable unreadable ->
                    decisions.labelValues("refused", unreadable.refusal()).inc();
            case Event.StrangerRefused stranger ->
                    strangers.labelValues(stranger.doubt()).inc(1 + stranger.more());
            case Event.QuestionAnswered answered ->
                    asked.labelValues("answered-" + answered.verdict().code()).inc();
            case Event.Opened _,
                    Event.RulesTaken _,
                    Event.AgentAdded _,
                    Event.AgentChanged _,
                    Event.CodeIssued _,
                    Event.InstanceEnrolled _,
                    Event.InstanceRevoked _,
                    Event.TokenIssued _,
                    Event.TokensRevoked _,
                    Event.TokenRenewed _,
                    Event.MandateGiven _,
                    Event.MandateChanged _,
                    Event.OfPassports _,
                    Event.OfFleet _,
                    Event.OfKeys _,
                    Event.OfConduct _,
                    Event.ToolPinned _,
                    Event.CredentialSet _,
                    Event.CredentialRemoved _ -> {}
            case Event.OfPeople ofPeople -> count(ofPeople);
        }
    }

    private void count(Event.OfPeople event) {
        switch (event) {
            case Event.SignedIn(_, Event.Way way) ->
                    signIns.labelValues(
                                    switch (way) {
                                        case Event.Way.ByPasskey _ -> "passkey";
                                        case Event.Way.ByProvider _ -> "provider";
                                        case Event.Way.ByLink _ -> "link";
                                    })
                            .inc();
            case Event.SignInRefused(String reason, _, long more) ->
                    signInsRefused.labelValues(reason).inc(1 + more);
            case Event.PersonAdded _,
                    Event.RolesChanged _,
                    Event.PersonSuspended _,
                    Event.PersonRestored _,
                    Event.IdentityBound _,
                    Event.LinkIssued _,
                    Event.PasskeyAdded _,
                    Event.PasskeyRemoved _ -> {}
        }
    }

    @Override
    public Optional<Entry> entry(long index) {
        return store.entry(index);
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public void answer(Exchange exchange) {
        exchange.answer(
                200, Map.of("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE), text());
    }

    /** All numbers as they are now. */
    byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
