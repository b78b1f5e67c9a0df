package dev.reactiveazure.autoconfigure.eventgrid;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the default connection is to a namespace, or to the Basic tier.
 */
abstract class OnEventGridKind extends SpringBootCondition {

	private final boolean basic;

	private OnEventGridKind(boolean basic) {
		this.basic = basic;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String property = EventGridConnections.PREFIX + ".kind";
		Environment environment = context.getEnvironment();
		EventGridKind kind = environment.containsProperty(property)
				? Binder.get(environment).bind(property, EventGridKind.class).get() : EventGridKind.NAMESPACE;
		ConditionMessage message = ConditionMessage.forCondition("Event Grid Kind").found(property).items(kind);
		return new ConditionOutcome(kind.isBasic() == this.basic, message);
	}

	/**
	 * Matches a namespace.
	 */
	static final class Namespace extends OnEventGridKind {

		Namespace() {
			super(false);
		}

	}

	/**
	 * Matches a topic, domain or partner namespace.
	 */
	static final class Basic extends OnEventGridKind {

		Basic() {
			super(true);
		}

	}

}
