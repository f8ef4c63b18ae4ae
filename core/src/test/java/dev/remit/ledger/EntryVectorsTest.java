package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The vectors in {@code entries.txt}, one line for every kind of event: kind, leaf, body and leaf
 * hash. They are the format; a change of one needs a new version of it. {@code
 * -Dremit.vectors=FILE} writes what this code would make of them.
 */
final class EntryVectorsTest {
    private static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private static String line(Event event) {
        Draft draft = new Draft(SampleEvents.AT, event, SALT);
        HexFormat hex = HexFormat.of();
        return String.join(
                " ",
                EventText.write(event).kind(),
                hex.formatHex(draft.leaf()),
                hex.formatHex(draft.body()),
                draft.leafHash().hex());
    }

    private static List<String> vectors() throws IOException {
        try (InputStream in = EntryVectorsTest.class.getResourceAsStream("entries.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @Test
    void everyEventIsEncodedAsItsVectorSays() throws IOException {
        List<String> lines = SampleEvents.all().stream().map(EntryVectorsTest::line).toList();
        if (System.getProperty("remit.vectors") != null) {
            Files.write(Path.of(System.getProperty("remit.vectors")), lines);
        }
        assertThat(lines).isEqualTo(vectors());
    }

    @Test
    void everyVectorIsReadAsItsEvent() throws IOException {
        List<Event> read =
                vectors().stream()
                        .map(line -> line.split(" "))
                        .map(part -> EntryFormat.read(3, bytes(part[1]), bytes(part[2])))
                        .peek(entry -> assertThat(entry.at()).isEqualTo(SampleEvents.AT))
                        .map(Entry::event)
                        .toList();
        assertThat(read).isEqualTo(SampleEvents.all());
    }

    @Test
    void everyKindOfEventHasAVector() {
        assertThat(
                        SampleEvents.all().stream()
                                .<Class<?>>map(Object::getClass)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        kinds(Event.class).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EntryVectorsTest::kinds)
                : Stream.of(type);
    }

    @Test
    void noByteOfAnEntryCanBeChangedUnnoticed() throws IOException {
        String[] part = vectors().getLast().split(" ");
        byte[] leaf = bytes(part[1]);
        byte[] body = bytes(part[2]);
        for (byte[] changed : List.of(leaf, body)) {
            for (int i = 0; i < changed.length; i++) {
                changed[i] ^= 1;
                boolean sameLeaf = Merkle.leaf(leaf).hex().equals(part[3]);
                boolean sameBody =
                        Arrays.equals(
                                EntryFormat.commitment(body).bytes(),
                                Arrays.copyOfRange(leaf, leaf.length - 32, leaf.length));
                assertThat(sameLeaf && sameBody).isFalse();
                changed[i] ^= 1;
            }
        }
        byte[] longer = Arrays.copyOf(leaf, leaf.length + 1);
        assertThatThrownBy(() -> EntryFormat.readLeaf(longer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
