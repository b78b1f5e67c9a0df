package dev.reactiveazure.eventgrid;

/**
 * What became of receives that were cancelled or timed out while their exchange was under
 * way, since the client was built.
 *
 * @param open exchanges that wait in the background now
 * @param total receives that were abandoned
 * @param takenOver exchanges that a later receive of the same subscription went on with
 * @param releasedEvents events that arrived for nobody and were released
 * @param strandedEvents events that arrived for nobody and could not be released: they
 * come again when their locks expire
 * @see EventGridNamespaceClient#abandonedReceives()
 */
public record AbandonedReceives(int open, long total, long takenOver, long releasedEvents, long strandedEvents) {

}
