package dev.reactiveazure.sample.order;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.sample.failure.FailureInjection;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Bills each order that was placed.
 * <p>
 * An event can come again, also while its first delivery is being handled. So each step
 * can be done again: a billed order is not billed twice, because the row is written under
 * the ETag that it was read with, and the event that follows has the same id each time.
 * Whatever fails, a stale ETag included, gives the event back, and the next delivery
 * reads the row afresh.
 */
@Component
class Billing {

	private final TableTemplate tables;

	private final EventGridTemplate events;

	private final ApplicationEventPublisher changes;

	private final FailureInjection failures;

	Billing(TableTemplate tables, EventGridTemplate events, ApplicationEventPublisher changes,
			FailureInjection failures) {
		this.tables = tables;
		this.events = events;
		this.changes = changes;
		this.failures = failures;
	}

	@EventGridListener(topic = OrderPlaced.TOPIC, subscription = "billing")
	Mono<Void> bill(OrderPlaced placed) {
		return this.failures.disturb(billOnce(placed));
	}

	private Mono<Void> billOnce(OrderPlaced placed) {
		return this.tables.findByKey(placed.customer(), placed.id(), Order.class)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no row for " + placed)))
			.flatMap((order) -> order.isBilled() ? Mono.just(order) : this.tables.update(order.billed()))
			.flatMap(this::announce);
	}

	private Mono<Void> announce(Order order) {
		this.changes.publishEvent(OrderChange.of(order));
		OrderBilled billed = OrderBilled.of(order);
		return this.events.event(billed).id(billed.eventId()).publish(OrderBilled.TOPIC);
	}

}
