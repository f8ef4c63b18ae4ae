package dev.remit.passport;

import dev.remit.identity.AgentId;
import java.util.List;

/** What an agent is called that came by itself: after its subject and its issuer. */
final class AgentNames {
    private static final int LONGEST_PART = 26;

    private AgentNames() {}

    /** Names to try; the last belongs to this agent alone. Never of the form of an id. */
    static List<String> of(String issuer, String subject, AgentId id) {
        String from = issuer.replaceFirst("^[a-z]+://|^did:[a-z]+:", "");
        String name = "p." + part(subject) + "@" + part(from);
        return List.of(name, name + "-" + id.text().substring("agt_psp_".length()).substring(0, 8));
    }

    private static String part(String text) {
        String plain = text.replaceAll("[^0-9A-Za-z._-]", "-");
        return plain.length() > LONGEST_PART ? plain.substring(0, LONGEST_PART) : plain;
    }
}
