package dev.reactiveazure.autoconfigure.eventgrid;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the default connection publishes in a schema.
 */
abstract class OnEventGridSchema extends SpringBootCondition {

	private final EventGridSchema schema;

	private OnEventGridSchema(EventGridSchema schema) {
		this.schema = schema;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String property = EventGridConnections.PREFIX + ".schema";
		Environment environment = context.getEnvironment();
		EventGridSchema configured = environment.containsProperty(property)
				? Binder.get(environment).bind(property, EventGridSchema.class).get() : EventGridSchema.CLOUD_EVENTS;
		ConditionMessage message = ConditionMessage.forCondition("Event Grid Schema").found(property).items(configured);
		return new ConditionOutcome(configured == this.schema, message);
	}

	/**
	 * Matches CloudEvents 1.0.
	 */
	static final class CloudEvents extends OnEventGridSchema {

		CloudEvents() {
			super(EventGridSchema.CLOUD_EVENTS);
		}

	}

	/**
	 * Matches Event Grid's own schema.
	 */
	static final class EventGrid extends OnEventGridSchema {

		EventGrid() {
			super(EventGridSchema.EVENT_GRID);
		}

	}

	/**
	 * Matches an input mapping of the topic's own.
	 */
	static final class Custom extends OnEventGridSchema {

		Custom() {
			super(EventGridSchema.CUSTOM);
		}

	}

}
