package dev.remit.identity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the ledger says of passports, for reading; it changes only by appending to the ledger. */
public interface PassportBook extends RevocationBook {
    Optional<Passport> passport(PassportId id);

    /** An agent's passports, oldest first. */
    List<Passport> passports(AgentId agent);

    /** One more than the highest number of a passport; 0 if there is none. */
    long nextPassport();

    /** The revoked passports with numbers from one to below another. */
    List<PassportId> revokedPassports(long from, long to);

    /** By which passport the instance was enrolled, if by one. */
    Optional<Admission> admission(InstanceId instance);

    /** Those on this list whose instance comes after that one, in the order of the instances. */
    List<Admission> admissions(String list, String after, int most);

    /** The highest place on any of the lists whose names begin so; empty if nobody is on one. */
    OptionalLong lastPlace(String lists);

    Optional<IssuerPage> issuer(String issuer);
}
