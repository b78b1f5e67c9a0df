package dev.reactiveazure.eventgrid.listener.method;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * An expression over an event's attributes: {@code subject},
 * {@code type.startsWith('order')}, {@code getExtension('tenant')}. It reaches nothing
 * but the event, so that it can't block. Thread-safe.
 */
final class EventExpression {

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding()
		.withInstanceMethods()
		.build();

	private final Expression expression;

	private EventExpression(Expression expression) {
		this.expression = expression;
	}

	/**
	 * Read an expression.
	 * @param attribute what it is the value of
	 * @throws IllegalArgumentException if it is none
	 */
	static EventExpression parse(String attribute, String text) {
		try {
			return new EventExpression(new SpelExpressionParser().parseExpression(text));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("its attribute " + attribute
					+ " must be an expression over the event, but is '" + text + "': " + ex.getSimpleMessage(), ex);
		}
	}

	@Nullable Object value(CloudEvent event) {
		return this.expression.getValue(CONTEXT, event);
	}

	boolean isTrue(CloudEvent event) {
		return Boolean.TRUE.equals(this.expression.getValue(CONTEXT, event, Boolean.class));
	}

}
