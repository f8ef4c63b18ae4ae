package dev.remit.mandate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What fills a slot, and what does not. */
final class SlotTest {
    private static final Slot TEXT = new Slot.Text(20);
    private static final Slot AMOUNT =
            new Slot.Numeric(
                    Optional.of(BigDecimal.ONE), Optional.of(new BigDecimal("200")), false);
    private static final Slot COUNT =
            new Slot.Numeric(Optional.of(BigDecimal.ONE), Optional.empty(), true);
    private static final Slot CURRENCY =
            new Slot.OneOf(List.of(Value.of("EUR"), Value.of(5), Value.of(true)));
    private static final Slot FILE = new Slot.Path(new Constraint.PathBelow("/agendas"));
    private static final Slot MAIL = new Slot.Address(Set.of("office.example"));

    /** A slot, what fits, and what it then is. */
    private record Good(Slot slot, Value given, Value then) {}

    /** A slot and what does not fit. */
    private record Bad(Slot slot, Value given) {}

    private static Value num(String number) {
        return new Value.Num(new BigDecimal(number));
    }

    @TestFactory
    Stream<DynamicTest> whatFits() {
        return Stream.of(
                        new Good(TEXT, Value.of("all of *?.md"), Value.of("all of *?.md")),
                        new Good(TEXT, Value.of("Büro – Ελλάδα"), Value.of("Büro – Ελλάδα")),
                        new Good(AMOUNT, Value.of("120"), num("120")),
                        new Good(AMOUNT, Value.of("120.50"), num("120.5")),
                        new Good(AMOUNT, num("200"), num("200")),
                        new Good(COUNT, num("3.0"), num("3")),
                        new Good(CURRENCY, Value.of("EUR"), Value.of("EUR")),
                        new Good(CURRENCY, Value.of("5"), num("5")),
                        new Good(CURRENCY, Value.of(5), num("5")),
                        new Good(CURRENCY, Value.of("true"), Value.of(true)),
                        new Good(FILE, Value.of("/agendas/a b.md"), Value.of("/agendas/a b.md")),
                        new Good(FILE, Value.of("/agendas"), Value.of("/agendas")),
                        new Good(
                                MAIL,
                                Value.of("ines@office.example"),
                                Value.of("ines@office.example")))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.slot().said() + ": " + one.given().json(),
                                        () ->
                                                assertThat(one.slot().read(one.given()))
                                                        .isEqualTo(one.then())));
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNot() {
        return Stream.of(
                        new Bad(TEXT, Value.of("")),
                        new Bad(TEXT, Value.of("a\nb")),
                        new Bad(TEXT, Value.of("a\u202eb")),
                        new Bad(TEXT, Value.of("B\u0430nk")),
                        new Bad(TEXT, Value.of("x".repeat(21))),
                        new Bad(TEXT, Value.of(1)),
                        new Bad(AMOUNT, Value.of("0.99")),
                        new Bad(AMOUNT, num("200.01")),
                        new Bad(AMOUNT, Value.of("1e2")),
                        new Bad(AMOUNT, Value.of("NaN")),
                        new Bad(AMOUNT, Value.of(" 5")),
                        new Bad(AMOUNT, Value.of("١٢")),
                        new Bad(AMOUNT, num("1." + "0".repeat(31) + "1")),
                        new Bad(AMOUNT, Value.of(true)),
                        new Bad(AMOUNT, new Value.Items(List.of(num("5")))),
                        new Bad(COUNT, num("1e300")),
                        new Bad(COUNT, num("1.5")),
                        new Bad(CURRENCY, Value.of("eur")),
                        new Bad(CURRENCY, Value.of("EUR|CHF")),
                        new Bad(CURRENCY, Value.of("*")),
                        new Bad(FILE, Value.of("/agendas/../etc/passwd")),
                        new Bad(FILE, Value.of("/agendas/%2e%2e/x")),
                        new Bad(FILE, Value.of("/agendasx")),
                        new Bad(FILE, Value.of("agendas/x")),
                        new Bad(FILE, Value.of("/agendas/\u200bx")),
                        new Bad(FILE, Value.of("/")),
                        new Bad(MAIL, Value.of("ines@office.example.evil.example")),
                        new Bad(MAIL, Value.of("ines@sub.office.example")),
                        new Bad(MAIL, Value.of("a@evil.example@office.example")),
                        new Bad(MAIL, Value.of("in\u0435s@office.example")),
                        new Bad(MAIL, Value.of("-f@office.example")),
                        new Bad(MAIL, Value.of("a b@office.example")),
                        new Bad(MAIL, Value.of("a@office.example,b@evil.example")),
                        new Bad(MAIL, Value.of("*@office.example")))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.slot().said() + ": " + one.given().json(),
                                        () ->
                                                assertThatThrownBy(
                                                                () -> one.slot().read(one.given()))
                                                        .isInstanceOf(
                                                                IllegalArgumentException.class)));
    }

    @Test
    void eachKindHasAnExampleThatFits() {
        for (Slot slot : List.of(TEXT, AMOUNT, COUNT, CURRENCY, FILE, MAIL)) {
            assertThat(slot.read(slot.example())).isEqualTo(slot.example());
            assertThat(SlotText.read(SlotText.write(slot), "")).isEqualTo(slot);
        }
    }

    @Test
    void noTwoValuesOfAChoiceAreTypedAlike() {
        assertThatThrownBy(() -> new Slot.OneOf(List.of(Value.of("5"), Value.of(5))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Slot.OneOf(List.of(Value.Fields.EMPTY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
