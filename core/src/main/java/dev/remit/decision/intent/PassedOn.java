package dev.remit.decision.intent;

import dev.remit.decision.intent.Ground.Kind;

/** Addresses that a call passes on: told to others in what it says, or asked themselves. */
final class PassedOn {
    private PassedOn() {}

    /** Whether somebody should look before others are told this address. */
    static boolean isUneasy(String address, Ground ground, Plan plan) {
        boolean urged =
                ground.leaf()
                        .filter(leaf -> leaf.alarm() == Alarm.REQUEST && Ground.isAddress(address))
                        .filter(leaf -> Orders.asksNear(leaf.normal(), address))
                        .isPresent();
        boolean mail = address.indexOf('@') > 0;
        boolean somebodys = ground.kind() == Kind.FIELD && mail && !plan.isOfPeople();
        boolean own = ground.isListed() && Addresses.isAccount(address) && !plan.isOfAccounts();
        boolean leads = // where a text wants its readers to go, or to pay
                (ground.kind() == Kind.TEXT || ground.kind() == Kind.NAMED_TEXT)
                        && !mail
                        && !plan.isOfPages();
        return urged || somebodys || own || leads || ground.kind().compareTo(Kind.REQUESTED) >= 0;
    }

    /** Whether this address may be asked, whose owner sees all of it. */
    static boolean mayBeAsked(String address, Ground ground, Memory memory) {
        return switch (ground.kind()) {
            case WORDS, OWN, POINTED, NAMED_TEXT -> true;
            case FIELD, TEXT -> address.indexOf('?') < 0 || isHostSaid(address, memory);
            case REQUESTED, ORDERED -> false;
            case NOWHERE -> isHostSaid(address, memory);
        };
    }

    /** Whether the person named the host, and nothing is carried there in the address's query. */
    private static boolean isHostSaid(String url, Memory memory) {
        String bare = Ground.bare(Words.normal(url));
        int slash = bare.indexOf('/');
        return bare.indexOf('?') < 0
                && !Secrets.isCarriedBy(bare, memory)
                && memory.plan().says(slash < 0 ? bare : bare.substring(0, slash));
    }
}
