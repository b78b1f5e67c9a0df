package dev.reactiveazure.eventgrid.listener;

/**
 * What becomes of an event that its handler never saw: it was skipped, or nobody handles
 * its type. It says nothing about whether handlers work.
 *
 * @param disposition what becomes of it
 */
record Unhandled(Disposition disposition) {
}
