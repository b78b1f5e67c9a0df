package dev.reactiveazure.sample.order;

import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

import static dev.reactiveazure.tables.query.Criteria.where;

/**
 * Takes orders: stores each and announces it.
 * <p>
 * Those are two writes, and nothing spans both. The row comes first; if the application
 * ends before the event is out, {@link #placeOrRepeat} publishes it when the order is
 * sent again.
 */
@Service
public class OrderDesk {

	private final TableTemplate tables;

	private final EventGridTemplate events;

	private final ApplicationEventPublisher changes;

	OrderDesk(TableTemplate tables, EventGridTemplate events, ApplicationEventPublisher changes) {
		this.tables = tables;
		this.events = events;
		this.changes = changes;
	}

	/**
	 * Place a new order.
	 * @param order the order
	 * @return the stored order, once it is announced; {@link DuplicateKeyException} where
	 * its id is taken, {@link OrderNotAnnouncedException} where it is stored but not
	 * announced
	 */
	public Mono<Order> place(Order order) {
		return this.tables.insert(order).flatMap(this::announce);
	}

	/**
	 * Place an order that may have been placed before. A stored one is kept as it is and
	 * announced again, under the same event id.
	 * @param order the order
	 * @return what became of it
	 */
	public Mono<Placement> placeOrRepeat(Order order) {
		return place(order).thenReturn(Placement.NEW)
			.onErrorResume(DuplicateKeyException.class, (taken) -> repeat(order).thenReturn(Placement.EXISTING));
	}

	/**
	 * Find the orders of a customer.
	 * @param customer the customer
	 * @return the orders by id; none where the customer is unknown
	 */
	public Flux<Order> ordersOf(String customer) {
		return this.tables.find(Query.of(where(Order::customer).is(customer)), Order.class);
	}

	private Mono<Order> repeat(Order order) {
		return this.tables.findByKey(order.customer(), order.id(), Order.class).flatMap(this::announce);
	}

	private Mono<Order> announce(Order order) {
		this.changes.publishEvent(OrderChange.of(order));
		OrderPlaced placed = OrderPlaced.of(order);
		return this.events.event(placed)
			.id(placed.eventId())
			.publish(OrderPlaced.TOPIC)
			.onErrorMap((ex) -> new OrderNotAnnouncedException(order, ex))
			.thenReturn(order);
	}

	/**
	 * What became of an order that may have been placed before.
	 */
	public enum Placement {

		/** It was stored now. */
		NEW,

		/** It was there already. */
		EXISTING

	}

}
