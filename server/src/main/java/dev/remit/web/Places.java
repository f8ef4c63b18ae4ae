package dev.remit.web;

import dev.remit.call.CallId;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;

/** Where the page of one thing is, for the pages of other edges. */
public final class Places {
    /** Before the id of a call. */
    public static final String CALLS = "/ledger/calls/";

    /** Before the number of an entry. */
    public static final String ENTRIES = "/ledger/entries/";

    /** Before the id of a mandate: what was done under it. */
    public static final String ACTIVITY = "/activity/";

    private Places() {}

    public static String call(CallId id) {
        return CALLS + id.text();
    }

    public static String entry(long index) {
        return ENTRIES + index;
    }

    public static String agent(AgentId id) {
        return Section.AGENTS.path() + "/" + id.text();
    }

    public static String mandate(MandateId id) {
        return Section.MANDATES.path() + "/" + id.text();
    }

    public static String activity(MandateId id) {
        return ACTIVITY + id.text();
    }
}
