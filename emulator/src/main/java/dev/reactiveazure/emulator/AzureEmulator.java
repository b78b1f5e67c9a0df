package dev.reactiveazure.emulator;

import java.security.cert.X509Certificate;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.http.EmulatorServer;
import dev.reactiveazure.emulator.http.SelfSigned;
import dev.reactiveazure.emulator.tables.TablesEmulator;

/**
 * Azure Table storage and an Event Grid namespace in this JVM, in memory, over real HTTP
 * on loopback ports. Runs from {@link AzureEmulatorBuilder#start()} until
 * {@link #close()}; all of it is thread-safe.
 *
 * <pre>{@code
 * try (AzureEmulator emulator = AzureEmulator.builder().subscription("orders/billing").start()) {
 *     String connection = emulator.tablesConnectionString();
 * }
 * }</pre>
 */
public final class AzureEmulator implements AutoCloseable {

	private final Account account;

	private final String eventGridKey;

	private final EmulatorClock clock;

	private final boolean clockIsOurs;

	private final @Nullable SelfSigned certificate;

	private final @Nullable Running<TablesEmulator> tables;

	private final @Nullable Running<EventGridEmulator> eventGrid;

	AzureEmulator(Account account, String eventGridKey, EmulatorClock clock, boolean clockIsOurs,
			@Nullable SelfSigned certificate, @Nullable Running<TablesEmulator> tables,
			@Nullable Running<EventGridEmulator> eventGrid) {
		this.account = account;
		this.eventGridKey = eventGridKey;
		this.clock = clock;
		this.clockIsOurs = clockIsOurs;
		this.certificate = certificate;
		this.tables = tables;
		this.eventGrid = eventGrid;
	}

	/**
	 * Begins to describe an emulator: both services, random ports, development account.
	 * @return a new builder
	 */
	public static AzureEmulatorBuilder builder() {
		return new AzureEmulatorBuilder();
	}

	/**
	 * The connection string of the Table service, with the account key.
	 * @return the connection string
	 * @throws IllegalStateException if the Table service is switched off
	 */
	public String tablesConnectionString() {
		String endpoint = tablesEndpoint();
		return "DefaultEndpointsProtocol=" + endpoint.substring(0, endpoint.indexOf(':')) + ";AccountName="
				+ this.account.name() + ";AccountKey=" + tables().accountKey() + ";TableEndpoint=" + endpoint + ";";
	}

	/**
	 * The endpoint of the Table service, path style.
	 * @return for example {@code http://127.0.0.1:40123/devstoreaccount1}
	 * @throws IllegalStateException if the Table service is switched off
	 */
	public String tablesEndpoint() {
		return running(this.tables, "tables").server().endpoint() + "/" + this.account.name();
	}

	/**
	 * The Table service itself, to look inside and to steer it.
	 * @return the service
	 * @throws IllegalStateException if the Table service is switched off
	 */
	public TablesEmulator tables() {
		return running(this.tables, "tables").service();
	}

	/**
	 * The endpoint of the Event Grid namespace.
	 * @return for example {@code http://127.0.0.1:40124}
	 * @throws IllegalStateException if Event Grid is switched off
	 */
	public String eventGridEndpoint() {
		return running(this.eventGrid, "eventGrid").server().endpoint();
	}

	/**
	 * The first access key of the Event Grid namespace.
	 * @return the key that counts now
	 */
	public String eventGridKey() {
		return (this.eventGrid != null) ? this.eventGrid.service().accessKey() : this.eventGridKey;
	}

	/**
	 * The Event Grid namespace itself, to read its books and to steer it.
	 * @return the namespace
	 * @throws IllegalStateException if Event Grid is switched off
	 */
	public EventGridEmulator eventGrid() {
		return running(this.eventGrid, "eventGrid").service();
	}

	/**
	 * The certificate that clients must trust.
	 * @return the certificate, or null without HTTPS
	 */
	public @Nullable X509Certificate certificate() {
		return (this.certificate != null) ? this.certificate.certificate() : null;
	}

	/**
	 * The number of requests that are being read, handled or answered. Long polls that
	 * wait for an event, and requests that wait for the clock, do not count: when this is
	 * 0, nothing moves until a request comes or the clock does.
	 * @return the number of exchanges in progress
	 */
	public int exchangesInProgress() {
		int tables = (this.tables != null) ? this.tables.server().exchangesInProgress() : 0;
		int eventGrid = (this.eventGrid != null) ? this.eventGrid.server().exchangesInProgress() : 0;
		return tables + eventGrid;
	}

	private static <S> Running<S> running(@Nullable Running<S> service, String name) {
		if (service == null) {
			throw new IllegalStateException(
					"This emulator was started without this service: " + name + "(false) was set on its builder");
		}
		return service;
	}

	/**
	 * Stops both services: resets their connections and ends their threads. A clock that
	 * was handed in stays open. Idempotent.
	 */
	@Override
	public void close() {
		if (this.tables != null) {
			this.tables.server().close();
		}
		if (this.eventGrid != null) {
			this.eventGrid.server().close();
			this.eventGrid.service().close();
		}
		if (this.clockIsOurs) {
			this.clock.close();
		}
	}

	@Override
	public String toString() {
		return "AzureEmulator[tables=" + ((this.tables != null) ? tablesEndpoint() : "off") + ", eventGrid="
				+ ((this.eventGrid != null) ? eventGridEndpoint() : "off") + ", keys=***]";
	}

	/**
	 * The storage account.
	 */
	record Account(String name, String key) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * A service and the server in front of it.
	 */
	record Running<S>(S service, EmulatorServer server) {

	}

}
