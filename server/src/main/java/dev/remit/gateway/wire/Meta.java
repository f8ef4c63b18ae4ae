package dev.remit.gateway.wire;

import dev.remit.call.Value;

/** The names that the protocol reserves in {@code _meta}, and the ones that are ours. */
public final class Meta {
    public static final String NAME = "_meta";

    public static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    public static final String CLIENT = "io.modelcontextprotocol/clientInfo";
    public static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    public static final String SERVER = "io.modelcontextprotocol/serverInfo";
    public static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    public static final String PROGRESS = "progressToken";

    /** Why a call was refused, for programs; the text beside it says the same to models. */
    public static final String REFUSAL = "dev.remit/refusal";

    /** The call's id in the ledger. */
    public static final String CALL = "dev.remit/call";

    /** How the gateway names itself to either side. */
    public static final Value.Fields GATEWAY =
            Value.object().put("name", "remit").put("version", "0.1.0").build();

    private Meta() {}
}
