package dev.remit.bench.grants;

/** Something that knows who may do what. */
interface Engine extends AutoCloseable {
    /** Whether the request of this number is allowed. */
    boolean allows(int request);

    @Override
    default void close() {}

    /** An engine of this name that holds the grants. */
    static Engine of(String name, Workload workload) {
        return switch (name) {
            case "map" -> new PlainMap(workload);
            case "mandates" -> new MandateGrants(workload);
            case "cedar" -> new CedarGrants(workload);
            case "cedar-java" -> new CedarJavaGrants(workload);
            case "casbin" -> new CasbinGrants(workload);
            default -> throw new IllegalArgumentException("there is no engine " + name);
        };
    }
}
