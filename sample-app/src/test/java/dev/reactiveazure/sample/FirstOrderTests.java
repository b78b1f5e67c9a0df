package dev.reactiveazure.sample;

import java.math.BigDecimal;

import dev.reactiveazure.sample.order.Order;
import dev.reactiveazure.sample.order.OrderDesk;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Orders placed at the first moment at which somebody could.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FirstOrderTests {

	@LocalServerPort
	private int port;

	@Test
	void billsOrdersPlacedTheMomentTheApplicationStarted() {
		DeskClient.onPort(this.port).awaitBilledAndCounted("early", 2, "3.00");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class EarlyCustomer {

		private final OrderDesk desk;

		EarlyCustomer(OrderDesk desk) {
			this.desk = desk;
		}

		@EventListener(WebServerInitializedEvent.class)
		void whenThePortIsOpen() {
			this.desk.place(Order.placed("early", "1", BigDecimal.ONE)).block();
		}

		@EventListener(ApplicationReadyEvent.class)
		void whenTheApplicationIsReady() {
			this.desk.place(Order.placed("early", "2", BigDecimal.valueOf(2))).block();
		}

	}

}
