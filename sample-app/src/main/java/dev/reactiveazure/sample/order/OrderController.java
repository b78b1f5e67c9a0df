package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.IdGenerator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Orders over HTTP.
 */
@RestController
class OrderController {

	private final OrderDesk desk;

	private final IdGenerator ids;

	OrderController(OrderDesk desk, IdGenerator ids) {
		this.desk = desk;
		this.ids = ids;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Mono<OrderView> place(@RequestBody NewOrder order) {
		String id = this.ids.generateId().toString();
		return this.desk.place(Order.placed(order.customer(), id, order.total())).map(OrderView::of);
	}

	@GetMapping("/orders/{customer}")
	Flux<OrderView> list(@PathVariable String customer) {
		return this.desk.ordersOf(customer).map(OrderView::of);
	}

	/**
	 * What a client sends, not checked yet.
	 */
	record NewOrder(@Nullable String customer, @Nullable BigDecimal total) {
	}

	/**
	 * What a client gets.
	 */
	record OrderView(String id, BigDecimal total, OrderStatus status) {

		static OrderView of(Order order) {
			return new OrderView(order.id(), order.total(), order.status());
		}

	}

}
