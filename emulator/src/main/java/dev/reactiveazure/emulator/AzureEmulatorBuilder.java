package dev.reactiveazure.emulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.AzureEmulator.Account;
import dev.reactiveazure.emulator.AzureEmulator.Running;
import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.http.EmulatorServer;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.SelfSigned;
import dev.reactiveazure.emulator.http.ServerSettings;
import dev.reactiveazure.emulator.tables.TablesEmulator;
import dev.reactiveazure.emulator.tables.TablesSettings;

/**
 * Describes an emulator and starts it. Not thread-safe.
 */
public final class AzureEmulatorBuilder {

	private static final int KEY_BYTES = 32;

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final EventGridSettings.Builder eventGridSettings = EventGridSettings.builder();

	private boolean tables = true;

	private boolean eventGrid = true;

	private int tablesPort;

	private int eventGridPort;

	private Account account = new Account(TablesSettings.DEVELOPMENT_ACCOUNT, TablesSettings.DEVELOPMENT_KEY);

	private @Nullable String eventGridKey;

	private @Nullable EmulatorClock clock;

	private FaultPlan faults = FaultPlan.create();

	private boolean https;

	private Duration tableDeletionTime = Duration.ZERO;

	private boolean acceptBearerTokens;

	AzureEmulatorBuilder() {
	}

	/**
	 * Switches the Table service on or off; on by default.
	 * @param enabled whether it runs
	 * @return this builder
	 */
	public AzureEmulatorBuilder tables(boolean enabled) {
		this.tables = enabled;
		return this;
	}

	/**
	 * Switches Event Grid on or off; on by default.
	 * @param enabled whether it runs
	 * @return this builder
	 */
	public AzureEmulatorBuilder eventGrid(boolean enabled) {
		this.eventGrid = enabled;
		return this;
	}

	/**
	 * Sets the port of the Table service; by default 0, a free one.
	 * @param port the port, 0 to 65535
	 * @return this builder
	 */
	public AzureEmulatorBuilder tablesPort(int port) {
		this.tablesPort = checkPort("tablesPort", port);
		return this;
	}

	/**
	 * Sets the port of Event Grid; by default 0, a free one.
	 * @param port the port, 0 to 65535
	 * @return this builder
	 */
	public AzureEmulatorBuilder eventGridPort(int port) {
		this.eventGridPort = checkPort("eventGridPort", port);
		return this;
	}

	/**
	 * Names the storage account; by default {@code devstoreaccount1}.
	 * @param name the name: lower-case letters and digits
	 * @return this builder
	 */
	public AzureEmulatorBuilder accountName(String name) {
		if (!name.matches("[a-z0-9]+")) {
			throw new IllegalArgumentException(
					"accountName must consist of lower-case letters and digits: '" + name + "'");
		}
		this.account = new Account(name, this.account.key());
		return this;
	}

	/**
	 * Sets the key of the storage account; by default the published key of the
	 * development account.
	 * @param key the key in base64
	 * @return this builder
	 */
	public AzureEmulatorBuilder accountKey(String key) {
		this.account = new Account(this.account.name(), key);
		return this;
	}

	/**
	 * Sets the access key of the Event Grid namespace; by default a random one.
	 * @param key the key
	 * @return this builder
	 */
	public AzureEmulatorBuilder eventGridKey(String key) {
		this.eventGridKey = key;
		return this;
	}

	/**
	 * Declares a topic with a subscription; may be repeated.
	 * @param topicAndSubscription for example {@code orders/billing}
	 * @return this builder
	 * @throws IllegalArgumentException if it is not of this form
	 */
	public AzureEmulatorBuilder subscription(String topicAndSubscription) {
		this.subscriptions.add(Subscription.parse(topicAndSubscription));
		return this;
	}

	/**
	 * Sets how long a received event stays locked; by default 60 seconds.
	 * @param duration the duration, more than zero
	 * @return this builder
	 */
	public AzureEmulatorBuilder lockDuration(Duration duration) {
		this.eventGridSettings.lockDuration(duration);
		return this;
	}

	/**
	 * Sets how often an event is delivered before it is dead-lettered; by default 10
	 * times.
	 * @param count the number, at least 1
	 * @return this builder
	 */
	public AzureEmulatorBuilder maxDeliveryCount(int count) {
		this.eventGridSettings.maxDeliveryCount(count);
		return this;
	}

	/**
	 * Changes any setting of Event Grid: whether topics and subscriptions come into being
	 * on first use, the time to live, the limits, the schema of the Basic topic and more.
	 * The access key and whether bearer tokens are accepted are this builder's.
	 * @param settings changes what was set so far
	 * @return this builder
	 * @see EventGridSettings
	 */
	public AzureEmulatorBuilder eventGridSettings(Consumer<EventGridSettings.Builder> settings) {
		settings.accept(this.eventGridSettings);
		return this;
	}

	/**
	 * Sets how long the deletion of a table takes; by default no time at all. Until it is
	 * over, every operation on the table's name is answered with 409
	 * {@code TableBeingDeleted}. The real service needs 40 seconds and more.
	 * @param duration the time on the emulator's clock, not negative
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative
	 */
	public AzureEmulatorBuilder tableDeletionTime(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("tableDeletionTime must not be negative: " + duration);
		}
		this.tableDeletionTime = duration;
		return this;
	}

	/**
	 * Sets whether both services take any {@code Authorization: Bearer} token for valid,
	 * over plain HTTP too; by default they take none.
	 * @param accept whether to accept tokens
	 * @return this builder
	 */
	public AzureEmulatorBuilder acceptBearerTokens(boolean accept) {
		this.acceptBearerTokens = accept;
		return this;
	}

	/**
	 * Sets the time that both services live by; by default the machine's. The emulator
	 * does not close it.
	 * @param clock the clock
	 * @return this builder
	 */
	public AzureEmulatorBuilder clock(EmulatorClock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Sets what goes wrong; nothing by default.
	 * @param faults the plan; it may be changed while the emulator runs
	 * @return this builder
	 */
	public AzureEmulatorBuilder faults(FaultPlan faults) {
		this.faults = faults;
		return this;
	}

	/**
	 * Switches HTTPS on, with a certificate of its own that clients must be told to
	 * trust; off by default.
	 * @param enabled whether both services speak HTTPS instead of HTTP
	 * @return this builder
	 * @see AzureEmulator#certificate()
	 */
	public AzureEmulatorBuilder https(boolean enabled) {
		this.https = enabled;
		return this;
	}

	/**
	 * Starts the emulator; it accepts requests when this returns.
	 * @return the running emulator, to be closed by the caller
	 * @throws dev.reactiveazure.emulator.http.PortInUseException if a port is taken;
	 * nothing runs then
	 * @throws IllegalArgumentException if a setting is not valid; nothing runs then
	 */
	public AzureEmulator start() {
		String key = (this.eventGridKey != null) ? this.eventGridKey : randomKey();
		TablesSettings tablesSettings = new TablesSettings(this.account.name(), this.account.key(),
				this.tableDeletionTime, this.acceptBearerTokens);
		EventGridSettings eventGridSettings = this.eventGridSettings.accessKey(key)
			.acceptBearerTokens(this.acceptBearerTokens)
			.build();
		SelfSigned certificate = this.https ? SelfSigned.create(Clock.systemUTC().instant()) : null;
		EmulatorClock time = (this.clock != null) ? this.clock : EmulatorClock.system();
		Running<TablesEmulator> startedTables = null;
		try {
			startedTables = this.tables ? startTables(tablesSettings, time, certificate) : null;
			Running<EventGridEmulator> startedEventGrid = this.eventGrid
					? startEventGrid(eventGridSettings, time, certificate) : null;
			return new AzureEmulator(this.account, key, time, this.clock == null, certificate, startedTables,
					startedEventGrid);
		}
		catch (RuntimeException ex) {
			new AzureEmulator(this.account, key, time, this.clock == null, certificate, startedTables, null).close();
			throw ex;
		}
	}

	private Running<TablesEmulator> startTables(TablesSettings settings, EmulatorClock time,
			@Nullable SelfSigned certificate) {
		TablesEmulator service = new TablesEmulator(settings, time);
		ServerSettings server = new ServerSettings(FaultPlan.TABLES, ServerSettings.LOOPBACK, this.tablesPort,
				ServerSettings.DEFAULT_MAX_BODY_BYTES, (certificate != null) ? certificate.serverContext() : null,
				this.faults, time);
		return new Running<>(service, new EmulatorServer(server, service));
	}

	private Running<EventGridEmulator> startEventGrid(EventGridSettings settings, EmulatorClock time,
			@Nullable SelfSigned certificate) {
		EventGridEmulator service = new EventGridEmulator(settings, time);
		for (Subscription subscription : this.subscriptions) {
			service.declareSubscription(subscription.topic(), subscription.name());
		}
		ServerSettings server = new ServerSettings(FaultPlan.EVENT_GRID, ServerSettings.LOOPBACK, this.eventGridPort,
				settings.maxBodyBytes(), (certificate != null) ? certificate.serverContext() : null, this.faults, time);
		return new Running<>(service, new EmulatorServer(server, service));
	}

	private static String randomKey() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	private static int checkPort(String name, int port) {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException(name + " must be 0 to 65535: " + port);
		}
		return port;
	}

	/**
	 * A subscription of a topic.
	 */
	record Subscription(String topic, String name) {

		static Subscription parse(String text) {
			int slash = text.indexOf('/');
			if (slash < 1 || slash != text.lastIndexOf('/') || slash == text.length() - 1) {
				throw new IllegalArgumentException(
						"A subscription must be given as TOPIC/SUBSCRIPTION: '" + text + "'");
			}
			return new Subscription(text.substring(0, slash), text.substring(slash + 1));
		}

	}

}
