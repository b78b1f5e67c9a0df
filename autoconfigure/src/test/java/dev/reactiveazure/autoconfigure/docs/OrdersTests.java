package dev.reactiveazure.autoconfigure.docs;

import java.math.BigDecimal;
import java.time.Duration;

import dev.reactiveazure.autoconfigure.docs.Orders.Order;
import dev.reactiveazure.autoconfigure.tables.test.TablesTest;
import dev.reactiveazure.emulator.http.FaultPlan;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;

@TablesTest(Orders.class)
class OrdersTests {

	@Autowired
	private Orders orders;

	@Autowired
	private FaultPlan faults;

	@Test
	void placesAnOrderThoughTheServiceIsBusyAtFirst() {
		this.faults.when(FaultPlan.TABLES).method("POST").first(1).answer(503, Duration.ofSeconds(1));
		Order order = new Order("ada", "1", new BigDecimal("12.50"));
		StepVerifier.create(this.orders.place(order).then(this.orders.find("ada", "1")))
			.expectNext(order)
			.expectComplete()
			.verify(Duration.ofSeconds(20));
	}

}
