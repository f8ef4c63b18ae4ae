package dev.remit.decision;

import dev.remit.approval.QuestionId;
import dev.remit.ledger.RuleSaid;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.List;

/** What the judge says of a case. Only the judge makes one. */
public sealed interface Decision {
    Case file();

    /** What the organisation's rules said of it, as far as they were asked. */
    List<RuleSaid> rules();

    /** The same, of which the rules said this. */
    Decision saying(List<RuleSaid> said);

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
        private final List<RuleSaid> rules;

        Allow(Case file, Leave by, long round) {
            this(file, by, round, List.of());
        }

        private Allow(Case file, Leave by, long round, List<RuleSaid> rules) {
            this.file = file;
            this.by = by;
            this.round = round;
            this.rules = rules;
        }

        @Override
        public List<RuleSaid> rules() {
            return rules;
        }

        @Override
        public Decision saying(List<RuleSaid> said) {
            return new Allow(file, by, round, said);
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
            List<RuleSaid> rules)
            implements Decision {
        @Override
        public Decision saying(List<RuleSaid> said) {
            return new Ask(file, question, refusal, detail, until, said);
        }
    }

    /**
     * The call is not made. {@code detail} says what was wrong with this call, in words that help
     * the agent.
     */
    record Refuse(Case file, Refusal refusal, String detail, List<RuleSaid> rules)
            implements Decision {
        Refuse(Case file, Refusal refusal, String detail) {
            this(file, refusal, detail, List.of());
        }

        @Override
        public Decision saying(List<RuleSaid> said) {
            return new Refuse(file, refusal, detail, said);
        }
    }
}
