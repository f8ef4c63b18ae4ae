package dev.remit.decision.intent;

/**
 * Where a value of a call came from, as it is told and written down.
 *
 * @param argument that it was given for
 * @param value as much of it as people are shown
 * @param standing what it stands on, in words
 * @param call whose answer held it; empty if none did, or it has no name
 */
public record Origin(String argument, String value, String standing, String call) {}
