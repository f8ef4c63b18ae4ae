package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Cookies under https and on loopback. */
final class CookiesTest {

    /** An exchange with these cookies, that keeps the headers it is given. */
    private static final class Asked implements Exchange {
        private final List<String> cookies;
        private final List<String> answered = new ArrayList<>();

        Asked(String... cookies) {
            this.cookies = List.of(cookies);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public Optional<String> query() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Cookie") ? cookies : List.of();
        }

        @Override
        public List<String> headerNames() {
            return List.of("Cookie");
        }

        @Override
        public String from() {
            return "127.0.0.1";
        }

        @Override
        public byte[] body(int most) {
            return new byte[0];
        }

        @Override
        public void addHeader(String name, String value) {
            answered.add(name + ": " + value);
        }

        @Override
        public void answer(int status, Map<String, String> headers, byte[] body) {}

        @Override
        public Streamed stream(int status, Map<String, String> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void whenGone(Runnable then) {}
    }

    @Test
    @DisplayName("CONSOLE-004: under https a cookie is __Host-, Secure, HttpOnly and Lax")
    void underHttps() {
        Asked asked = new Asked();
        new Cookies(true).set(asked, "session", "abc", Duration.ofHours(12));
        assertThat(asked.answered)
                .containsExactly(
                        "Set-Cookie: __Host-remit-session=abc; Path=/; HttpOnly; SameSite=Lax;"
                                + " Max-Age=43200; Secure");
        assertThat(new Cookies(true).read(new Asked("__Host-remit-session=abc"), "session"))
                .contains("abc");
        assertThat(new Cookies(true).read(new Asked("remit-session=abc"), "session"))
                .as("what a neighbour could have set")
                .isEmpty();
    }

    @Test
    @DisplayName("OAUTH-034 CONSOLE-004: a cookie that came twice is no cookie")
    void twiceIsNone() {
        Cookies cookies = new Cookies(false);
        assertThat(cookies.read(new Asked("a=b; remit-session=abc; c=d"), "session"))
                .contains("abc");
        assertThat(cookies.read(new Asked("remit-session=a; remit-session=b"), "session"))
                .isEmpty();
        assertThat(cookies.read(new Asked("remit-session=a", "remit-session=b"), "session"))
                .isEmpty();
        assertThat(cookies.read(new Asked("xremit-session=a"), "session")).isEmpty();
    }
}
