package dev.remit.cedar;

/**
 * Which entity is meant (Cedar: entity UID): {@code Photo::"vacation.jpg"} has the type {@code
 * Photo} and the id {@code vacation.jpg}.
 */
public record Uid(String type, String id) implements Value, Comparable<Uid> {
    @Override
    public int compareTo(Uid other) {
        int byId = id.compareTo(other.id);
        return byId == 0 ? type.compareTo(other.type) : byId;
    }

    @Override
    public String kind() {
        return "entity";
    }

    boolean isAction() {
        return type.equals("Action") || type.endsWith("::Action");
    }

    @Override
    public String toString() {
        return type + "::\"" + id + '"';
    }
}
