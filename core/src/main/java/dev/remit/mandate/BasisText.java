package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;

/** What a mandate was made from, as JSON. */
final class BasisText {
    private BasisText() {}

    static Value write(Basis basis) {
        return switch (basis) {
            case Basis.OfTemplate(String name, Digest digest) ->
                    Value.object().put("template", name).put("digest", digest.hex()).build();
            case Basis.OfMandate(MandateId id) -> Value.object().put("mandate", id.text()).build();
        };
    }

    static Basis read(Value.Fields text) {
        if (text.get("mandate").isPresent()) {
            MandateText.only(text, "mandate");
            return new Basis.OfMandate(new MandateId(MandateText.string(text, "mandate")));
        }
        MandateText.only(text, "template", "digest");
        return new Basis.OfTemplate(
                MandateText.string(text, "template"),
                Digest.ofHex(MandateText.string(text, "digest")));
    }
}
