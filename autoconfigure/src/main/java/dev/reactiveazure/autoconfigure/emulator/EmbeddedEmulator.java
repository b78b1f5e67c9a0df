package dev.reactiveazure.autoconfigure.emulator;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.AzureEmulatorBuilder;
import dev.reactiveazure.emulator.http.PortInUseException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * The emulator in this JVM: each service starts when its connection details ask for it,
 * which they do only if nothing else configures that connection, and stops with the
 * application context.
 * <p>
 * No {@code Lifecycle}: it outlives each client and container, and is not paused with a
 * cached test context. Thread-safe.
 */
public final class EmbeddedEmulator implements DisposableBean {

	private static final Log logger = LogFactory.getLog(EmbeddedEmulator.class);

	private final EmulatorProperties properties;

	private final EmulatorGuard guard;

	private final List<EmulatorCustomizer> customizers;

	private final ReentrantLock starting = new ReentrantLock();

	private volatile @Nullable AzureEmulator tables;

	private volatile @Nullable AzureEmulator eventGrid;

	EmbeddedEmulator(EmulatorProperties properties, EmulatorGuard guard, List<EmulatorCustomizer> customizers) {
		this.properties = properties;
		this.guard = guard;
		this.customizers = List.copyOf(customizers);
	}

	/**
	 * Return whether services without a configured connection are to be emulated.
	 * @return the value of {@code azure.emulator.enabled}
	 */
	public boolean isEnabled() {
		return this.properties.isEnabled();
	}

	/**
	 * Start the emulated Table storage unless it runs.
	 * @return the emulator, with Table storage only; stays this bean's to close
	 * @throws EmulatorNotPermittedException if a guard forbids it
	 * @throws EmulatorPortInUseException if {@code azure.emulator.tables-port} is taken
	 */
	public AzureEmulator startTables() {
		this.starting.lock();
		try {
			AzureEmulator running = this.tables;
			if (running != null) {
				return running;
			}
			this.guard.check("'azure.tables.connection-string', or 'azure.tables.endpoint' with a credential");
			AzureEmulator started = start((builder) -> builder.eventGrid(false), "azure.emulator.tables-port");
			this.tables = started;
			announce("Table storage", started.tablesEndpoint());
			return started;
		}
		finally {
			this.starting.unlock();
		}
	}

	/**
	 * Start the emulated Event Grid namespace unless it runs.
	 * @return the emulator, with Event Grid only; stays this bean's to close
	 * @throws EmulatorNotPermittedException if a guard forbids it
	 * @throws EmulatorPortInUseException if {@code azure.emulator.eventgrid-port} is
	 * taken
	 */
	public AzureEmulator startEventGrid() {
		this.starting.lock();
		try {
			AzureEmulator running = this.eventGrid;
			if (running != null) {
				return running;
			}
			this.guard.check("'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key'");
			AzureEmulator started = start((builder) -> builder.tables(false), "azure.emulator.eventgrid-port");
			this.eventGrid = started;
			announce("Event Grid", started.eventGridEndpoint());
			return started;
		}
		finally {
			this.starting.unlock();
		}
	}

	/**
	 * Create a subscription, and its topic, unless they exist. Does nothing if Event Grid
	 * is not emulated.
	 * @param topic the name of the topic
	 * @param subscription the name of the subscription
	 * @throws IllegalArgumentException if the service would not take such a name
	 */
	public void declareSubscription(String topic, String subscription) {
		AzureEmulator running = this.eventGrid;
		if (running != null) {
			running.eventGrid().declareSubscription(topic, subscription);
		}
	}

	/**
	 * Return where the emulated Table storage is.
	 * @return its endpoint, or {@code null} if it was not started
	 */
	public @Nullable String tablesEndpoint() {
		AzureEmulator running = this.tables;
		return (running != null) ? running.tablesEndpoint() : null;
	}

	/**
	 * Return where the emulated Event Grid namespace is.
	 * @return its endpoint, or {@code null} if it was not started
	 */
	public @Nullable String eventGridEndpoint() {
		AzureEmulator running = this.eventGrid;
		return (running != null) ? running.eventGridEndpoint() : null;
	}

	private AzureEmulator start(Consumer<AzureEmulatorBuilder> service, String portProperty) {
		AzureEmulatorBuilder builder = InvalidAzurePropertyException.naming("azure.emulator.*", this::builder);
		this.customizers.forEach((customizer) -> customizer.customize(builder));
		service.accept(builder);
		try {
			return InvalidAzurePropertyException.naming("azure.emulator.*", builder::start);
		}
		catch (PortInUseException ex) {
			throw new EmulatorPortInUseException(portProperty, ex.port(), ex);
		}
	}

	private AzureEmulatorBuilder builder() {
		AzureEmulatorBuilder builder = AzureEmulator.builder()
			.tablesPort(this.properties.getTablesPort())
			.eventGridPort(this.properties.getEventgridPort())
			.lockDuration(this.properties.getLockDuration())
			.maxDeliveryCount(this.properties.getMaxDeliveryCount());
		this.properties.getSubscriptions().forEach(builder::subscription);
		return builder;
	}

	private static void announce(String service, String endpoint) {
		logger.warn("Azure " + service + " is EMULATED in this process at " + endpoint
				+ ", because no connection is configured and azure.emulator.enabled=true: all data is in memory and"
				+ " ends with the application");
	}

	@Override
	public void destroy() {
		close(this.tables);
		close(this.eventGrid);
	}

	private static void close(@Nullable AzureEmulator emulator) {
		if (emulator != null) {
			emulator.close();
		}
	}

}
