package dev.reactiveazure.tables.template;

import java.time.Duration;

/**
 * How far a bulk is.
 *
 * @param received writes that the input has given
 * @param done writes that were carried out
 * @param failed writes that were not
 * @param batches requests that are on their way
 * @param concurrency requests that may be on their way at once, at present
 * @param elapsed time since it was subscribed to
 */
public record BulkProgress(long received, long done, long failed, int batches, int concurrency, Duration elapsed) {

}
