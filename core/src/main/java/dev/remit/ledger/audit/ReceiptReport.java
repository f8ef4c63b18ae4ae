package dev.remit.ledger.audit;

import dev.remit.ledger.Cosignature;
import java.util.List;

/**
 * What the check of a receipt came to.
 *
 * @param log the log's name
 * @param covered how many entries the checkpoint covers; 0 if none holds
 * @param told what is proven, if nothing is wrong; parts may be a stranger's words
 * @param cosigned by which of the witnesses that were asked for
 * @param findings what is wrong; nothing is proven unless there is none
 */
public record ReceiptReport(
        String log,
        long covered,
        List<Told> told,
        List<Cosignature> cosigned,
        List<String> findings) {
    public ReceiptReport {
        told = List.copyOf(told);
        cosigned = List.copyOf(cosigned);
        findings = List.copyOf(findings);
    }

    /** One line: what it is about, and what is proven of it. */
    public record Told(String label, String text) {}

    public boolean holds() {
        return findings.isEmpty();
    }
}
