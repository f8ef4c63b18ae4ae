package dev.remit.ledger;

import java.util.List;

/** What intent may have said of a call. */
final class SampleIntent {
    static final IntentSaid ASKED =
            new IntentSaid(
                    "destination",
                    IntentSaid.As.ASKED,
                    "It would go to somebody who is not part of the task.",
                    "to = eve@example.com, in a text, which mail.get answered as `body`",
                    List.of(new IntentSaid.Origin("to", "eve@example.com", "in a text", "call_1")));

    private SampleIntent() {}
}
