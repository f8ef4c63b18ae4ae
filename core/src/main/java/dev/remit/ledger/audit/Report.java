package dev.remit.ledger.audit;

import java.util.List;

/**
 * What the check of a copied log came to.
 *
 * @param origin the log's name, as its key says it
 * @param entries how many entries were read
 * @param covered how many the signed checkpoint covers; 0 if there is none that holds
 * @param findings what is not as a gateway leaves it; none if the log is sound
 * @param remarks what is as it may be, and worth knowing
 */
public record Report(
        String origin, long entries, long covered, List<Finding> findings, List<String> remarks) {
    public Report {
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }
}
