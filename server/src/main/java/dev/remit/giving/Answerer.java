package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.identity.Role;
import dev.remit.registry.asked.Waiting;
import dev.remit.session.SignedIn;
import dev.remit.web.Section;
import java.time.Duration;
import java.time.Instant;

/** Somebody who looks at questions, and which of them they may answer how, at this moment. */
record Answerer(SignedIn who, Instant now) {
    /** How lately somebody must have shown who they are to say yes to what cannot be undone. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** Whether this person may: who gave the mandate, or whoever answers for others. */
    boolean mayAnswer(Question question) {
        return isGiver(question) || who.has(Role.APPROVER);
    }

    boolean isGiver(Question question) {
        return question.giver().equals(who.person().id()) && who.has(Role.PERSON);
    }

    /** Whether they may see it: whoever may answer it, and whoever sees everything. */
    boolean maySee(Question question) {
        return mayAnswer(question) || seesAll();
    }

    /** Whether they see what is somebody else's. */
    boolean seesAll() {
        return Section.SEEING_ALL.stream().anyMatch(who::has);
    }

    boolean maySayYes(Waiting one) {
        return !one.risk().isFinal() || who.isFresh(now, FRESH);
    }
}
