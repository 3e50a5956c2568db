package io.durablesaga;

/** A saga that cannot work, refused when it is built or registered: names the saga, the node, what was seen and the remedy. */
public final class SagaDefinitionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Of one node of a saga. */
    public SagaDefinitionException(String saga, String node, String seen, String remedy) {
        super("saga '" + saga + "', node '" + node + "': " + seen + "; " + remedy);
    }

    /** Of a saga as a whole. */
    public SagaDefinitionException(String saga, String seen, String remedy) {
        super("saga '" + saga + "': " + seen + "; " + remedy);
    }
}
