package dev.remit.cli;

import dev.remit.cli.demo.DemoCommand;
import dev.remit.client.GatewayFailed;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.main.ConfigRefused;
import dev.remit.main.Crypto;
import dev.remit.main.Server;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code remit}. */
@Command(
        name = "remit",
        description = "Access for AI agents: who they are, what they may do, and what they did.",
        mixinStandardHelpOptions = true,
        version = "remit " + Server.VERSION,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ImportCommand.class,
            RunCommand.class,
            ConnectCommand.class,
            AgentCommands.class,
            PersonCommands.class,
            MandateCommands.class,
            TemplateCommands.class,
            QuestionCommands.Pending.class,
            QuestionCommands.Approve.class,
            QuestionCommands.Deny.class,
            InboxCommand.class,
            WatchCommand.class,
            ToolCommands.class,
            CredentialCommands.class,
            KeyCommands.class,
            StopCommands.Stop.class,
            StopCommands.Resume.class,
            StopCommands.Status.class,
            RuleCommands.class,
            WhyCommand.class,
            ReplayCommand.class,
            EvalCommand.class,
            AuditCommands.class,
            WitnessCommand.class,
            CheckCommand.class,
            DoctorCommand.class
        })
public final class Remit {
    private Remit() {}

    public static void main(String[] arguments) {
        Crypto.preferFast();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Remit())
                .setExecutionExceptionHandler((failure, _, _) -> explain(failure))
                .setExitCodeExceptionMapper(
                        failure ->
                                failure instanceof CommandLine.ParameterException
                                        ? Exit.USAGE
                                        : Exit.REFUSED);
    }

    /** What went wrong in one sentence, if it is of a kind that one sentence can mend. */
    private static int explain(Exception failure) throws Exception {
        boolean expected =
                failure instanceof CommandFailed
                        || failure instanceof GatewayFailed
                        || failure instanceof ConfigRefused
                        || failure instanceof LedgerUnavailable;
        if (!expected) {
            throw failure;
        }
        System.err.println("remit: " + failure.getMessage());
        return Exit.REFUSED;
    }
}
