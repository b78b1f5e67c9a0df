package dev.reactiveazure.autoconfigure.eventgrid.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the context of a {@link EventGridTest}.
 */
final class EventGridTestContextBootstrapper extends TestSliceTestContextBootstrapper<EventGridTest> {

}
