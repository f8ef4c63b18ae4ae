package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TileTest {
    @Test
    void thePathIsThatOfTheSpecification() {
        assertThat(new Tile(0, 1_234_067, 256).path()).isEqualTo("0/x001/x234/067");
        assertThat(new Tile(2, 0, 1).path()).isEqualTo("2/000.p/1");
        assertThat(new Tile(1, 999, 255).path()).isEqualTo("1/999.p/255");
        assertThat(new Tile(1, 1000, 256).path()).isEqualTo("1/x001/000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/000", "0/x001/x234/067", "7/000.p/1", "1/x123/456.p/255"})
    void whatIsReadIsWrittenSo(String path) {
        assertThat(Tile.of(path).map(Tile::path)).isEqualTo(Optional.of(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0/",
                "0/0",
                "0/00",
                "0/0000",
                "00/000",
                "8/000",
                "-1/000",
                "0/-01",
                "0/x000/000",
                "0/x000/001",
                "0/001/002",
                "0/x001",
                "0/x001/x002",
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/01",
                "0/000.p/",
                "0/000.p/-1",
                "0/000.p/1000",
                "0/000/",
                "0/../000",
                "0/%30%30%30",
                "0//000",
                "0/000?x",
                "0/٠٠٠",
                "0/000\n",
                " 0/000",
                "entries/000",
                "0/x001/x001/x001/x001/x001/001",
                "a/000"
            })
    void anythingElseIsNoTile(String path) {
        assertThat(Tile.of(path)).isEmpty();
    }

    /** The example of C2SP tlog-tiles: 70,000 entries. */
    @Test
    void aTreeHasItsTilesAndNoOthers() {
        assertThat(new Tile(0, 272, 256).isIn(70_000)).isTrue();
        assertThat(new Tile(0, 273, 256).isIn(70_000)).isFalse();
        assertThat(new Tile(0, 273, 112).isIn(70_000)).isTrue();
        assertThat(new Tile(0, 273, 113).isIn(70_000)).isFalse();
        assertThat(new Tile(1, 0, 256).isIn(70_000)).isTrue();
        assertThat(new Tile(1, 1, 17).isIn(70_000)).isTrue();
        assertThat(new Tile(1, 1, 18).isIn(70_000)).isFalse();
        assertThat(new Tile(2, 0, 1).isIn(70_000)).isTrue();
        assertThat(new Tile(2, 0, 2).isIn(70_000)).isFalse();
        assertThat(new Tile(3, 0, 1).isIn(70_000)).isFalse();
    }
}
