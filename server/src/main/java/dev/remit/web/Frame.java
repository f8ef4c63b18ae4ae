package dev.remit.web;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.session.SignedIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands around a page for somebody who has signed in: the way to all others, and to their
 * account.
 *
 * @param current the section that the page belongs to; empty for the account
 */
public record Frame(SignedIn who, Optional<Section> current) {
    static final String MAIN = "main";

    List<Html> above() {
        List<Html> links = new ArrayList<>();
        for (Section one : Section.values()) {
            if (one.anyOf().isEmpty() || one.anyOf().stream().anyMatch(who::has)) {
                links.add(element("li", link(one)));
            }
        }
        Html.Element account =
                element("a", who.person().name()).with("href", "/account").with("class", "account");
        return List.of(
                element("a", "Skip to the content").with("class", "skip").with("href", "#" + MAIN),
                element(
                        "header",
                        element("span", "Remit").with("class", "brand"),
                        element("nav", element("ul", links)).with("aria-label", "Sections"),
                        element(
                                "p",
                                element("span", text("signed in as ")).with("class", "quiet"),
                                current.isEmpty()
                                        ? account.with("aria-current", "page")
                                        : account)));
    }

    private Html link(Section one) {
        Html.Element link = element("a", one.title()).with("href", one.path());
        return current.equals(Optional.of(one)) ? link.with("aria-current", "page") : link;
    }
}
