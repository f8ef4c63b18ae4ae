package dev.remit.client;

import dev.remit.call.Value;
import java.util.Optional;

/** What came of a call. */
public sealed interface Answer {
    /** The words of it, for a model to read. */
    String text();

    /**
     * The call was made and answered.
     *
     * @param structured the answer as an object, if the tool gives one
     */
    record Done(String text, Optional<Value.Fields> structured) implements Answer {}

    /**
     * The call was not made.
     *
     * @param code why, as the manual's page of refusals has it
     * @param call the gateway's name for the call, for {@code remit why}
     */
    record Refused(String text, String code, String call) implements Answer {}

    /** The tool, or the way to it, failed; whether it had an effect is not known. */
    record Failed(String text) implements Answer {}
}
