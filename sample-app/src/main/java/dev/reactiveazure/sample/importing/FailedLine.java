package dev.reactiveazure.sample.importing;

/**
 * A line that became no order.
 *
 * @param line its number, from 1
 * @param reason what is wrong with it
 */
public record FailedLine(long line, String reason) implements LineOutcome {
}
