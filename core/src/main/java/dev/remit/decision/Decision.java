package dev.remit.decision;

import dev.remit.approval.QuestionId;
import dev.remit.ledger.IntentSaid;
import dev.remit.ledger.RuleSaid;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the judge says of a case. Only the judge makes one. */
public sealed interface Decision {
    Case file();

    /** What was said of it beside the mandate. */
    Heard heard();

    /** The same, of which this was said. */
    Decision hearing(Heard heard);

    /**
     * What was heard before a decision, beside the mandate.
     *
     * @param rules what the organisation's rules said, as far as they were asked
     * @param intent what the rules of intent said, if they were asked
     */
    record Heard(List<RuleSaid> rules, Optional<IntentSaid> intent) {
        public static final Heard NOTHING = new Heard(List.of(), Optional.empty());

        public Heard {
            rules = List.copyOf(rules);
        }

        Heard with(List<RuleSaid> said) {
            return new Heard(said, intent);
        }

        Heard with(IntentSaid said) {
            return new Heard(rules, Optional.of(said));
        }
    }

    /** What lets a call through. */
    sealed interface Leave {
        /** As the log has it: the permission's name, or the question's. */
        String name();

        /** A permission of the mandate. */
        record ByPermission(Permission permission) implements Leave {
            @Override
            public String name() {
                return permission.name();
            }
        }

        /** A rule's yes, instead of a person's. */
        record ByRule(Draw draw) implements Leave {
            @Override
            public String name() {
                return draw.name();
            }
        }

        /** A person's yes to this very call. */
        record ByAnswer(QuestionId question) implements Leave {
            @Override
            public String name() {
                return question.text();
            }
        }
    }

    /** The call may be made, by this leave. */
    final class Allow implements Decision {
        private final Case file;
        private final Leave by;
        private final long round;
        private final Heard heard;

        Allow(Case file, Leave by, long round) {
            this(file, by, round, Heard.NOTHING);
        }

        private Allow(Case file, Leave by, long round, Heard heard) {
            this.file = file;
            this.by = by;
            this.round = round;
            this.heard = heard;
        }

        @Override
        public Heard heard() {
            return heard;
        }

        @Override
        public Decision hearing(Heard what) {
            return new Allow(file, by, round, what);
        }

        @Override
        public Case file() {
            return file;
        }

        public Leave by() {
            return by;
        }

        /** Which round of its call this is; only the first spends a use. */
        public long round() {
            return round;
        }
    }

    /**
     * The call is not made, but a person is asked whether it may be.
     *
     * @param question that is put to them, or waits for them already
     * @param refusal why it would be refused
     * @param detail what was wrong with it, in words that help the agent
     * @param until when an answer is taken
     */
    record Ask(
            Case file,
            QuestionId question,
            Refusal refusal,
            String detail,
            Instant until,
            Heard heard)
            implements Decision {
        @Override
        public Decision hearing(Heard what) {
            return new Ask(file, question, refusal, detail, until, what);
        }
    }

    /**
     * The call is not made. {@code detail} says what was wrong with this call, in words that help
     * the agent.
     */
    record Refuse(Case file, Refusal refusal, String detail, Heard heard) implements Decision {
        Refuse(Case file, Refusal refusal, String detail) {
            this(file, refusal, detail, Heard.NOTHING);
        }

        @Override
        public Decision hearing(Heard what) {
            return new Refuse(file, refusal, detail, what);
        }
    }
}
