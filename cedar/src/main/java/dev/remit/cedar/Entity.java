package dev.remit.cedar;

import java.util.Set;

/** What is known of an entity: attributes, tags, and the entities it hangs directly below. */
public record Entity(Uid uid, Value.Fields attributes, Set<Uid> parents, Value.Fields tags) {
    public Entity {
        parents = Set.copyOf(parents);
    }

    /** One without tags. */
    public static Entity of(Uid uid, Value.Fields attributes, Set<Uid> parents) {
        return new Entity(uid, attributes, parents, Value.Fields.none());
    }
}
