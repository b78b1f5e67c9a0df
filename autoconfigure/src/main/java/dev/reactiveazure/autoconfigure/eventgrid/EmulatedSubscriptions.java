package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Declares the subscription of each listener to the embedded emulator.
 * <p>
 * A subscription gets what is published after it was declared. So this is done when all
 * listeners are known and before anything else starts, a web server above all: no event
 * of an early request vanishes.
 * <p>
 * The registry is looked up when it is needed. Were it a dependency, it would be started
 * before this, and at the end Spring would take the stop of this for the registry's:
 * event loops would be closed while listeners still acknowledge.
 */
final class EmulatedSubscriptions implements SmartLifecycle {

	private final EmbeddedEmulator emulator;

	private final ObjectProvider<EventGridListenerRegistry> registry;

	private volatile boolean declared;

	EmulatedSubscriptions(EmbeddedEmulator emulator, ObjectProvider<EventGridListenerRegistry> registry) {
		this.emulator = emulator;
		this.registry = registry;
	}

	@Override
	public void start() {
		this.registry.getObject()
			.containers()
			.stream()
			.map(EventGridListenerContainer::endpoint)
			.filter((endpoint) -> EventGridListenerEndpoint.DEFAULT_CONNECTION.equals(endpoint.connection()))
			.forEach((endpoint) -> this.emulator.declareSubscription(endpoint.topic(), endpoint.subscription()));
		this.declared = true;
	}

	@Override
	public void stop() {
		this.declared = false;
	}

	@Override
	public boolean isRunning() {
		return this.declared;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
