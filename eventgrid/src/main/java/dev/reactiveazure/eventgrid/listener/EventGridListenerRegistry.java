package dev.reactiveazure.eventgrid.listener;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * The listeners of an application, by id. Starts their containers with the application
 * and stops all of them in parallel, before web servers end. Thread-safe.
 */
public final class EventGridListenerRegistry implements SmartLifecycle, DisposableBean {

	private final Lock lock = new ReentrantLock();

	private final Map<String, EventGridListenerContainer> containers = new LinkedHashMap<>();

	private final int phase;

	private volatile boolean running;

	/**
	 * Create a registry in the phase of containers.
	 * @see EventGridListenerContainer#PHASE
	 */
	public EventGridListenerRegistry() {
		this(EventGridListenerContainer.PHASE);
	}

	/**
	 * Create a registry.
	 * @param phase in which phase of the application its containers start and stop
	 */
	public EventGridListenerRegistry(int phase) {
		this.phase = phase;
	}

	/**
	 * Register a listener; it starts with the registry or, if that is running and unless
	 * its endpoint says otherwise, at once.
	 * @param endpoint what it listens to
	 * @param factory makes its container
	 * @return the container
	 * @throws IllegalStateException if the id is taken, or its subscription has a
	 * listener already; or if the container can't be started: then it is not registered
	 * @throws IllegalArgumentException if the factory refuses the endpoint
	 */
	public EventGridListenerContainer register(EventGridListenerEndpoint endpoint,
			EventGridListenerContainerFactory factory) {
		EventGridListenerContainer container = factory.create(endpoint);
		this.lock.lock();
		try {
			requireFree(endpoint);
			this.containers.put(endpoint.id(), container);
		}
		finally {
			this.lock.unlock();
		}
		if (this.running && container.isAutoStartup()) {
			startOrForget(container);
		}
		return container;
	}

	private void startOrForget(EventGridListenerContainer container) {
		try {
			container.start();
		}
		catch (Throwable ex) {
			// Its id and its subscription are free for another try.
			unregister(container.id(), () -> {
			});
			throw ex;
		}
	}

	private void requireFree(EventGridListenerEndpoint endpoint) {
		if (this.containers.containsKey(endpoint.id())) {
			throw new IllegalStateException(
					"There is a listener with the id '" + endpoint.id() + "' already; give one of the two another id");
		}
		for (EventGridListenerContainer other : this.containers.values()) {
			if (sameSubscription(other.endpoint(), endpoint)) {
				throw new IllegalStateException("Listeners '" + other.id() + "' and '" + endpoint.id()
						+ "' both listen to " + endpoint.topic() + "/" + endpoint.subscription()
						+ " and would take each other's events; give each a subscription of its own");
			}
		}
	}

	private static boolean sameSubscription(EventGridListenerEndpoint one, EventGridListenerEndpoint other) {
		// The service compares names without case.
		return one.connection().equals(other.connection()) && one.topic().equalsIgnoreCase(other.topic())
				&& one.subscription().equalsIgnoreCase(other.subscription());
	}

	/**
	 * Find a listener's container.
	 * @param id the listener's id
	 * @return the container, {@code null} if there is none
	 */
	public @Nullable EventGridListenerContainer find(String id) {
		this.lock.lock();
		try {
			return this.containers.get(id);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return a listener's container.
	 * @param id the listener's id
	 * @return the container
	 * @throws IllegalArgumentException if there is none, naming those that there are
	 */
	public EventGridListenerContainer get(String id) {
		EventGridListenerContainer container = find(id);
		if (container == null) {
			throw new IllegalArgumentException("There is no listener '" + id + "', only "
					+ containers().stream().map(EventGridListenerContainer::id).toList());
		}
		return container;
	}

	/**
	 * Find containers.
	 * @param filter says which
	 * @return a snapshot, in the order of registration
	 */
	public Collection<EventGridListenerContainer> find(Predicate<EventGridListenerContainer> filter) {
		return containers().stream().filter(filter).toList();
	}

	/**
	 * Remove a listener and stop it. Returns at once; its id and subscription are free
	 * for another from then on.
	 * @param id the listener's id
	 * @param callback is called once when it has stopped
	 * @return whether there was such a listener; if not, the callback is not called
	 */
	public boolean unregister(String id, Runnable callback) {
		EventGridListenerContainer removed;
		this.lock.lock();
		try {
			removed = this.containers.remove(id);
		}
		finally {
			this.lock.unlock();
		}
		if (removed == null) {
			return false;
		}
		removed.close();
		removed.stop(callback);
		return true;
	}

	/**
	 * Return all containers.
	 * @return a snapshot, in the order of registration
	 */
	public Collection<EventGridListenerContainer> containers() {
		this.lock.lock();
		try {
			return List.copyOf(this.containers.values());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		this.running = true;
		for (EventGridListenerContainer container : containers()) {
			if (container.isAutoStartup()) {
				container.start();
			}
		}
	}

	/**
	 * Stop all containers and wait until that is done. Not for event loops.
	 */
	@Override
	public void stop() {
		this.running = false;
		CountDownLatch done = new CountDownLatch(1);
		stop(done::countDown);
		try {
			done.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop all containers in parallel. Returns at once.
	 * @param callback is called once when the last has stopped
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Collection<EventGridListenerContainer> all = containers();
		AtomicInteger pending = new AtomicInteger(all.size() + 1);
		Runnable stopped = () -> {
			if (pending.decrementAndGet() == 0) {
				callback.run();
			}
		};
		all.forEach((container) -> container.stop(stopped));
		stopped.run();
	}

	/**
	 * Stop what still runs, as after a start of the application that failed half-way:
	 * otherwise a container would keep the virtual machine alive. Then forget what was
	 * counted.
	 */
	@Override
	public void destroy() {
		stop();
		containers().forEach(EventGridListenerContainer::close);
	}

	/**
	 * Return whether the registry was started, or any container was.
	 */
	@Override
	public boolean isRunning() {
		if (this.running) {
			return true;
		}
		for (EventGridListenerContainer container : containers()) {
			if (container.isRunning()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
