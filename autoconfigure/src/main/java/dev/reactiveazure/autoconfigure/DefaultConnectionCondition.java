package dev.reactiveazure.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a service has a default connection: always, but for an application that
 * configures connections by name and nothing of the default one.
 */
public abstract class DefaultConnectionCondition extends SpringBootCondition {

	private final String prefix;

	private final List<String> properties;

	/**
	 * Create the condition.
	 * @param prefix the prefix of the service, such as {@code azure.tables}
	 * @param properties those of the default connection's properties that say where it is
	 * or who is calling
	 */
	protected DefaultConnectionCondition(String prefix, List<String> properties) {
		this.prefix = prefix;
		this.properties = List.copyOf(properties);
	}

	@Override
	public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		ConditionMessage.Builder message = ConditionMessage.forCondition("Default Connection", "(" + this.prefix + ")");
		boolean named = NamedConnections.areConfigured(environment, this.prefix) && Binder.get(environment)
			.bind(this.prefix + ".connections", Bindable.mapOf(String.class, Object.class))
			.isBound();
		if (!named) {
			return ConditionOutcome.match(message.because("no other connection is configured"));
		}
		return this.properties.stream()
			.filter((property) -> Binder.get(environment)
				.bind(this.prefix + "." + property, Bindable.of(Object.class))
				.isBound())
			.findFirst()
			.map((property) -> ConditionOutcome.match(message.foundExactly(this.prefix + "." + property)))
			.orElseGet(() -> ConditionOutcome.noMatch(message.because("only connections with names are configured")));
	}

}
