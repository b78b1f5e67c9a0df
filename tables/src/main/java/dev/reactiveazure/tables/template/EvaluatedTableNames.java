package dev.reactiveazure.tables.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;

import org.springframework.core.env.Environment;
import org.springframework.data.expression.ValueEvaluationContext;
import org.springframework.data.expression.ValueExpression;
import org.springframework.data.expression.ValueExpressionParser;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Evaluates names of tables that are expressions or have placeholders: placeholders once,
 * expressions with each call.
 */
final class EvaluatedTableNames implements TableNameResolver {

	private final Environment environment;

	private final BeanFactory beans;

	private final ValueExpressionParser parser = ValueExpressionParser.create();

	private final Map<String, ValueExpression> expressions = new ConcurrentHashMap<>();

	private final Map<String, String> constants = new ConcurrentHashMap<>();

	EvaluatedTableNames(Environment environment, BeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	@Override
	public String resolve(TablePersistentEntity<?> entity, ContextView context) {
		String name = entity.tableName();
		if (!entity.hasTableNameExpression()) {
			return name;
		}
		if (!name.contains("#{")) {
			return this.constants.computeIfAbsent(name, this.environment::resolveRequiredPlaceholders);
		}
		return evaluate(name, entity, context);
	}

	private String evaluate(String name, TablePersistentEntity<?> entity, ContextView context) {
		ValueExpression expression = this.expressions.computeIfAbsent(name, this.parser::parse);
		StandardEvaluationContext variables = new StandardEvaluationContext(Map.of("context", values(context)));
		variables.addPropertyAccessor(new MapAccessor());
		variables.setBeanResolver(new BeanFactoryResolver(this.beans));
		@Nullable Object value = expression.evaluate(ValueEvaluationContext.of(this.environment, variables));
		if (value == null) {
			throw new IllegalStateException(
					"The table's name of " + entity.getType().getSimpleName() + ", '" + name + "', evaluates to null");
		}
		return value.toString();
	}

	private static Map<String, Object> values(ContextView context) {
		Map<String, Object> values = new LinkedHashMap<>();
		context.stream().forEach((entry) -> values.put(entry.getKey().toString(), entry.getValue()));
		return values;
	}

}
