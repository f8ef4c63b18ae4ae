package dev.remit.web;

import static dev.remit.web.Html.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be written on a page, and what cannot. */
final class HtmlTest {

    @Test
    @DisplayName("CONSOLE-001: text and attributes are escaped, whatever they are")
    void textIsText() {
        Html page =
                element("p", "<script>alert('x')</script> & \"{{7*7}}\"")
                        .with("title", "\" onclick=\"alert(1)");
        assertThat(page.write())
                .isEqualTo(
                        "<p title=\"&quot; onclick=&quot;alert(1)\">&lt;script&gt;alert(&#39;x&#39;)"
                                + "&lt;/script&gt; &amp; &quot;{{7*7}}&quot;</p>");
    }

    @Test
    @DisplayName("OAUTH-016 APPR-005: what is not seen, or turns the direction, is shown as a code")
    void oddCharactersAreShown() {
        assertThat(element("p", "Google\u202e\u200b\u0007\ud800").write())
                .isEqualTo("<p>Google\\u{202e}\\u{200b}\\u{7}\\u{d800}</p>");
        assertThat(element("p", "Zoë – 会議\n😀").write()).isEqualTo("<p>Zoë – 会議\n😀</p>");
    }

    @Test
    @DisplayName("CONSOLE-001 OAUTH-009: no handler, no style, no script inside, no other scheme")
    void whatThePolicyForbidsCannotBeMade() {
        for (String attribute : List.of("onclick", "style", "srcdoc", "formaction", "ONLOAD")) {
            assertThatThrownBy(() -> element("p").with(attribute, "x"))
                    .as(attribute)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("style", "iframe", "object", "svg", "base", "SCRIPT")) {
            assertThatThrownBy(() -> element(name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> element("script", "alert(1)"))
                .isInstanceOf(IllegalArgumentException.class);
        for (String address :
                List.of(
                        "javascript:alert(1)",
                        "JAVASCRIPT:alert(1)",
                        "data:text/html,x",
                        "vbscript:x",
                        "file:///x",
                        "//evil.example",
                        "/\\evil.example",
                        "\tjavascript:x",
                        "")) {
            assertThatThrownBy(() -> element("a").with("href", address))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(element("a", "x").with("href", "https://x.example/?a=b&c").write())
                .isEqualTo("<a href=\"https://x.example/?a=b&amp;c\">x</a>");
    }
}
