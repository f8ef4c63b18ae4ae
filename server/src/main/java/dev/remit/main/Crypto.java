package dev.remit.main;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;

/**
 * The fast signatures, where their native library loads; the JDK's own everywhere else, with the
 * same results.
 */
public final class Crypto {
    private Crypto() {}

    /** Prefers the fast provider for the whole process; whether it could be had. */
    public static boolean preferFast() {
        AmazonCorrettoCryptoProvider.install();
        return AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
                && AmazonCorrettoCryptoProvider.INSTANCE.runSelfTests() == SelfTestStatus.PASSED;
    }
}
