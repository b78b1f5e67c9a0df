package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.eventgrid.listener.ContainerStatus;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.GateState;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells from what the loops of the listeners report whether events are received, without
 * a call to the service: to receive one for a look would lock it.
 */
final class EventGridListenersHealthIndicator extends AbstractHealthIndicator {

	/** Fewer may be a network that blinked; receives are tried again. */
	private static final int FAILED_RECEIVES = 3;

	private final EventGridListenerRegistry registry;

	EventGridListenersHealthIndicator(EventGridListenerRegistry registry) {
		super("Event Grid listeners health check failed");
		this.registry = registry;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Map<String, Map<String, Object>> listeners = new LinkedHashMap<>();
		Status worst = Status.UP;
		for (EventGridListenerContainer container : this.registry.containers()) {
			ContainerStatus status = container.status();
			Status health = health(status);
			worst = worse(worst, health);
			listeners.put(container.id(), details(health, status));
		}
		builder.status(worst).withDetail("listeners", listeners);
	}

	private static Status health(ContainerStatus status) {
		return switch (status.phase()) {
			case STOPPED, STOPPING -> Status.UP;
			case PAUSED -> (status.lastError() != null) ? Status.DOWN : Status.OUT_OF_SERVICE;
			case FAILED -> Status.DOWN;
			case RUNNING -> (status.failedReceives() >= FAILED_RECEIVES) ? Status.DOWN : Status.UP;
		};
	}

	private static Status worse(Status one, Status other) {
		if (Status.DOWN.equals(one) || Status.DOWN.equals(other)) {
			return Status.DOWN;
		}
		return Status.UP.equals(one) ? other : one;
	}

	private static Map<String, Object> details(Status health, ContainerStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("status", health.getCode());
		details.put("phase", status.phase());
		if (status.reason() != null) {
			details.put("reason", status.reason());
		}
		if (status.gate() != GateState.OPEN) {
			details.put("gate", status.gate());
		}
		if (status.failedReceives() > 0) {
			details.put("failedReceives", status.failedReceives());
		}
		if (status.lastError() != null) {
			details.put("error", status.lastError().getClass().getName() + ": " + status.lastError().getMessage());
		}
		return details;
	}

}
