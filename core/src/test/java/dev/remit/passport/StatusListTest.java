package dev.remit.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.util.BitSet;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusListTest {

    @Test
    void oneBitEachIsReadAsInTheDraftsExample() {
        StatusList list = list(1, "eNrbuRgAAhcBXQ");
        int[] expected = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(list.at(i)).as("place %d", i).isEqualTo(OptionalInt.of(expected[i]));
        }
        assertThat(list.at(16)).isEmpty();
        assertThat(list.isValid(1)).isTrue();
        assertThat(list.isValid(0)).isFalse();
        assertThat(list.isValid(16)).as("VC-003 outside").isFalse();
        assertThat(list.isValid(-1)).as("VC-003 outside").isFalse();
    }

    @Test
    void twoBitsEachAreReadAsInTheDraftsExample() {
        StatusList list = list(2, "eNo76fITAAPfAgc");
        int[] expected = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
        for (int i = 0; i < expected.length; i++) {
            assertThat(list.at(i)).as("place %d", i).isEqualTo(OptionalInt.of(expected[i]));
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        BitSet revoked = new BitSet();
        revoked.set(0);
        revoked.set(65_535);
        StatusList list = StatusList.read(StatusList.write(65_536, revoked)).orElseThrow();
        for (int i = 0; i < 65_536; i++) {
            assertThat(list.isValid(i)).isEqualTo(!revoked.get(i));
        }
        assertThat(list.at(65_536)).isEmpty();
    }

    @ParameterizedTest(name = "VC-003 {0} bits, {1}")
    @DisplayName("VC-003 what is no status list is not read")
    @CsvSource({
        "0,eNrbuRgAAhcBXQ",
        "3,eNrbuRgAAhcBXQ",
        "16,eNrbuRgAAhcBXQ",
        "1,''",
        "1,eNrbuRgAAhcB",
        "1,eNrbuRgAAhcBXQAA",
        "1,eNrbuRgAAhcBXR",
        "1,not base64",
        "1,AAAA",
    })
    void notRead(long bits, String list) {
        assertThat(StatusList.read(claim(bits, list))).isEmpty();
    }

    private static StatusList list(long bits, String list) {
        return StatusList.read(claim(bits, list)).orElseThrow();
    }

    private static Value.Fields claim(long bits, String list) {
        return Value.object().put("bits", bits).put("lst", list).build();
    }
}
