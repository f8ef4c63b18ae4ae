package dev.remit.mandate.template;

import java.util.List;
import java.util.Optional;

/** The templates that mandates can be made from. */
public interface TemplateBook {
    /**
     * The template of this name; empty if there is none.
     *
     * @throws TemplateFault if it cannot be read
     */
    Optional<Template> template(String name);

    /** The names of all, in order; not each of them has to be readable. */
    List<String> names();

    /** A book with nothing in it. */
    static TemplateBook none() {
        return new TemplateBook() {
            @Override
            public Optional<Template> template(String name) {
                return Optional.empty();
            }

            @Override
            public List<String> names() {
                return List.of();
            }
        };
    }
}
