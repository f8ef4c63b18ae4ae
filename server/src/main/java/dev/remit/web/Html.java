package dev.remit.web;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of a page. Text and attribute values are escaped when they are written, here and nowhere
 * else; there is no way to write text as markup. What the page's own policy forbids anyway (scripts
 * and styles inside the page, handlers, links to other schemes) cannot be made.
 */
public sealed interface Html {

    /** Text; characters that are not seen, or turn the direction of others, are shown as codes. */
    record Text(String text) implements Html {}

    /** An element. */
    record Element(String name, Map<String, String> attributes, List<Html> inside) implements Html {
        private static final Set<String> NAMES =
                words(
                        """
                        html head body title meta link script header main nav footer section h1 h2
                        h3 p span div a form label input button select option textarea ul ol li dl
                        dt dd table thead tbody tr th td code pre strong em small time br hr details
                        summary fieldset legend article blockquote caption kbd ins del
                        """);
        private static final Set<String> ATTRIBUTES =
                words(
                        """
                        id class lang charset name content rel href src type value action method
                        for title role hidden disabled checked selected required readonly maxlength
                        rows cols autocomplete autofocus datetime placeholder open colspan scope
                        download formnovalidate tabindex step min spellcheck
                        """);
        private static final Set<String> ADDRESSES = Set.of("href", "src", "action");
        private static final Set<String> EMPTY = Set.of("meta", "link", "input", "br", "hr");

        private static Set<String> words(String text) {
            return Set.of(text.strip().split("\\s+"));
        }

        public Element {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("no page of ours has a <" + name + ">");
            }
            if (name.equals("script") && !inside.isEmpty()) {
                throw new IllegalArgumentException("no page of ours has a script inside");
            }
            attributes.forEach(Element::check);
            attributes = new LinkedHashMap<>(attributes);
            inside = List.copyOf(inside);
        }

        private static void check(String attribute, String value) {
            boolean known =
                    ATTRIBUTES.contains(attribute)
                            || attribute.matches("(?:data|aria)-[a-z]+(?:-[a-z]+)*");
            if (!known || (ADDRESSES.contains(attribute) && !isAddress(value))) {
                throw new IllegalArgumentException(
                        "no element of ours has " + attribute + "=\"" + value + "\"");
            }
        }

        /** A path of our own, a place on the page, or a page on the web; no other scheme. */
        private static boolean isAddress(String value) {
            return OwnPath.of(value).isPresent()
                    || value.matches("#[a-z][a-z0-9-]*")
                    || value.matches("https?://[^\\s]+");
        }

        /** This element with one more attribute. */
        public Element with(String attribute, String value) {
            Map<String, String> more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(name, more, inside);
        }
    }

    static Element element(String name, Html... inside) {
        return new Element(name, Map.of(), List.of(inside));
    }

    static Element element(String name, List<? extends Html> inside) {
        return new Element(name, Map.of(), List.copyOf(inside));
    }

    /** An element with nothing but text in it. */
    static Element element(String name, String text) {
        return element(name, new Text(text));
    }

    static Html text(String text) {
        return new Text(text);
    }

    /** The markup. */
    default String write() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    /**
     * The same as data, from which {@code live.js} makes it again: text is a string, an element
     * {@code {"n": name, "a": attributes, "c": what is inside}}.
     */
    default Value json() {
        return switch (this) {
            case Text(String text) -> Value.of(shown(text));
            case Element(String name, Map<String, String> attributes, List<Html> inside) -> {
                Value.Building all = Value.object();
                attributes.forEach((attribute, value) -> all.put(attribute, shown(value)));
                yield Value.object()
                        .put("n", name)
                        .put("a", all.build())
                        .put("c", new Value.Items(inside.stream().map(Html::json).toList()))
                        .build();
            }
        };
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> seen(c, shown));
        return shown.toString();
    }

    /** Writes it as it is, or as a code if nobody would see it. */
    private static void seen(int c, StringBuilder out) {
        if (c != '\n' && c != '\t' && Quotation.isUnseen(c)) {
            out.append("\\u{%x}".formatted(c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static void write(Html html, StringBuilder out) {
        switch (html) {
            case Text(String text) -> escape(text, out);
            case Element(String name, Map<String, String> attributes, List<Html> inside) -> {
                out.append('<').append(name);
                attributes.forEach(
                        (attribute, value) -> {
                            out.append(' ').append(attribute).append("=\"");
                            escape(value, out);
                            out.append('"');
                        });
                out.append('>');
                if (!Element.EMPTY.contains(name)) {
                    inside.forEach(one -> write(one, out));
                    out.append("</").append(name).append('>');
                }
            }
        }
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                case '\'' -> out.append("&#39;");
                                default -> seen(c, out);
                            }
                        });
    }
}
