package dev.reactiveazure.sample.totals;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.sample.failure.FailureInjection;
import dev.reactiveazure.sample.order.OrderBilled;
import dev.reactiveazure.sample.order.OrderChange;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import static dev.reactiveazure.tables.query.Criteria.where;

/**
 * Counts each billed order once, however often its event comes.
 * <p>
 * An order is counted by the insert of one row with the order's key, which the service
 * does once: the second insert is a duplicate, and there is nothing left to do. The total
 * is the sum of those rows. A stored sum beside them would be a second write that a crash
 * can separate from the first, and then it would be wrong for ever.
 */
@Component
class Totals {

	private final TableTemplate tables;

	private final ApplicationEventPublisher changes;

	private final FailureInjection failures;

	Totals(TableTemplate tables, ApplicationEventPublisher changes, FailureInjection failures) {
		this.tables = tables;
		this.changes = changes;
		this.failures = failures;
	}

	@EventGridListener(topic = OrderBilled.TOPIC, subscription = "totals")
	Mono<Void> count(OrderBilled billed) {
		return this.failures.disturb(countOnce(billed));
	}

	Mono<CustomerTotal> totalOf(String customer) {
		return this.tables.find(Query.of(where(CountedOrder::customer).is(customer)), CountedOrder.class)
			.reduce(CustomerTotal.NONE, CustomerTotal::plus);
	}

	private Mono<Void> countOnce(OrderBilled billed) {
		return this.tables.insert(CountedOrder.of(billed))
			.then()
			.onErrorComplete(DuplicateKeyException.class)
			.doOnSuccess((counted) -> this.changes.publishEvent(
					new OrderChange(billed.customer(), billed.id(), billed.total(), OrderChange.Stage.COUNTED)));
	}

}
