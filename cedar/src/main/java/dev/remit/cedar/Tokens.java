package dev.remit.cedar;

import dev.remit.cedar.Token.Kind;
import java.util.Set;

/** The words of a text with one of them in view, and the small things that all grammar needs. */
final class Tokens {
    private static final Set<String> RESERVED =
            Set.of("if", "true", "false", "then", "else", "in", "is", "has", "like", "__cedar");

    private final Lexer lexer;
    private Token here;

    Tokens(String text) throws Unreadable {
        this.lexer = new Lexer(text);
        this.here = lexer.next();
    }

    Token here() {
        return here;
    }

    boolean at(String wanted) {
        return here.is(wanted);
    }

    boolean atEnd() {
        return here.kind() == Kind.END;
    }

    Token take() throws Unreadable {
        Token taken = here;
        here = lexer.next();
        return taken;
    }

    boolean takeIf(String wanted) throws Unreadable {
        if (!here.is(wanted)) {
            return false;
        }
        take();
        return true;
    }

    void expect(String wanted, String place) throws Unreadable {
        if (!takeIf(wanted)) {
            throw unexpected("`" + wanted + "` is needed " + place);
        }
    }

    Token string(String place) throws Unreadable {
        if (here.kind() != Kind.STRING) {
            throw unexpected("a string in quotes is needed " + place);
        }
        return take();
    }

    /** A name that is not one of the words of the language. */
    String name(String place) throws Unreadable {
        if (here.kind() != Kind.NAME) {
            throw unexpected("a name is needed " + place);
        }
        checkName(here);
        return take().text();
    }

    void checkName(Token token) throws Unreadable {
        if (RESERVED.contains(token.text())) {
            throw new Unreadable(
                    token.offset(),
                    token.shown()
                            + " is a word of the language; as an attribute write it in quotes");
        }
    }

    /** {@code Name::Name}, as far as it goes before a string. */
    String path(String place) throws Unreadable {
        StringBuilder path = new StringBuilder(name(place));
        while (at("::")) {
            take();
            if (here.kind() == Kind.STRING) {
                return path.append("::").toString();
            }
            path.append("::").append(name("after `::`"));
        }
        return path.toString();
    }

    /** The rest of an entity's name, of which the path to its {@code ::} is read. */
    Uid uid(String path) throws Unreadable {
        String type = path.substring(0, path.length() - "::".length());
        return new Uid(type, Escapes.text(string("as the entity's id")));
    }

    Unreadable unexpected(String needed) {
        return new Unreadable(here.offset(), needed + ", and here is " + here.shown());
    }
}
