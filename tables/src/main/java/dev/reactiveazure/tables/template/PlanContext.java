package dev.reactiveazure.tables.template;

import java.util.Locale;
import java.util.function.Function;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.tables.query.QueryPlan;
import reactor.util.context.Context;

/**
 * Takes a query's plan to where its requests are observed.
 */
final class PlanContext {

	private PlanContext() {
	}

	static Function<Context, Context> of(QueryPlan plan) {
		String name = plan.access().name().toLowerCase(Locale.ROOT);
		return (context) -> context.put(AzureOperationContext.PLAN, name);
	}

}
