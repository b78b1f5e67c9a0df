package dev.reactiveazure.autoconfigure.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the embedded emulator.
 */
@ConfigurationProperties("azure.emulator")
public class EmulatorProperties {

	/**
	 * Whether a service without a configured connection is emulated in this JVM, in
	 * memory. For development and tests.
	 */
	private boolean enabled;

	/**
	 * Port of the emulated Table storage on the loopback address; 0 for a free one.
	 */
	private int tablesPort;

	/**
	 * Port of the emulated Event Grid namespace on the loopback address; 0 for a free
	 * one.
	 */
	private int eventgridPort;

	/**
	 * Time for which a received event is locked.
	 */
	private Duration lockDuration = Duration.ofSeconds(60);

	/**
	 * Deliveries after which an event is dead-lettered.
	 */
	private int maxDeliveryCount = 10;

	/**
	 * Comma-separated list of event subscriptions, each as topic/subscription, that exist
	 * beside those of the application's listeners.
	 */
	private List<String> subscriptions = new ArrayList<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getTablesPort() {
		return this.tablesPort;
	}

	public void setTablesPort(int tablesPort) {
		this.tablesPort = tablesPort;
	}

	public int getEventgridPort() {
		return this.eventgridPort;
	}

	public void setEventgridPort(int eventgridPort) {
		this.eventgridPort = eventgridPort;
	}

	public Duration getLockDuration() {
		return this.lockDuration;
	}

	public void setLockDuration(Duration lockDuration) {
		this.lockDuration = lockDuration;
	}

	public int getMaxDeliveryCount() {
		return this.maxDeliveryCount;
	}

	public void setMaxDeliveryCount(int maxDeliveryCount) {
		this.maxDeliveryCount = maxDeliveryCount;
	}

	public List<String> getSubscriptions() {
		return this.subscriptions;
	}

	public void setSubscriptions(List<String> subscriptions) {
		this.subscriptions = subscriptions;
	}

}
