package dev.remit.decision.intent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What words ask for. */
final class TaskReaderTest {
    private static final ToolReading SEND = ToolReaderTest.tool("send_letter", "", "to", "body");
    private static final ToolReading DELETE = ToolReaderTest.tool("delete_file", "", "file_id");
    private static final ToolReading PAY =
            ToolReaderTest.tool("pay_bill", "", "iban", "amount:number");

    private static boolean asks(String words, ToolReading tool) {
        return TaskReader.read(words).asks(tool);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Send the minutes to Ruth",
                "Please have the minutes sent to Ruth",
                "Do not forget to email Ruth",
                "Look up the minutes and let Ruth know when we meet",
                "Could you reply to Ruth's letter?",
                "Look at the minutes. Then message Ruth.",
            })
    void toSend(String words) {
        assertThat(asks(words, SEND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What did Ruth send me?",
                "Read the email from Ruth and tell me what she wants",
                "Summarize the messages that were sent to Ruth",
                "Give me her email address",
                "Do not send anything to Ruth",
                "Write nothing; just show me the post of today",
            })
    void notToSend(String words) {
        assertThat(asks(words, SEND)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Delete the oldest file, true",
        "Delete the event on Friday, false",
        "Which files were deleted?, false",
        "Show me the file 'Delete me', false",
        "I need the old files removed, true",
        "The old files have been removed already, false",
    })
    void toDelete(String words, boolean asked) {
        assertThat(asks(words, DELETE)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "Pay the baker, true",
        "How much did I pay the baker?, false",
        "Initiate a transfer of 10 EUR to the baker, true",
        "Show me the last transfer, false",
    })
    void toPay(String words, boolean asked) {
        assertThat(asks(words, PAY)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "Please do the tasks on my list at www.garden.example/list, true",
        "Follow the instructions in Ruth's letter, true",
        "Send Ruth a letter about the tasks, false",
    })
    void leftToAText(String words, boolean leaves) {
        assertThat(TaskReader.read(words).leaves()).isEqualTo(leaves);
    }
}
