package dev.reactiveazure.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An import against the stand-alone emulator while one in ten handler calls fails: of
 * 1,000 orders in each build, of any number with {@code -Ddesk.orders=10000}.
 */
class OrderImportAcceptanceTests {

	private static final int ORDERS = Integer.getInteger("desk.orders", 1000);

	private static final int CUSTOMERS = 10;

	@Test
	void billsEveryOrderAndCountsEachOnce() {
		try (StandaloneEmulator emulator = StandaloneEmulator.start();
				ConfigurableApplicationContext application = start(emulator)) {
			DeskClient desk = client(application);
			assertThat(desk.importCsv(csv(1, ORDERS)).imported()).isEqualTo(ORDERS);
			assertBilledAndCountedOnce(desk);
		}
	}

	@Test
	void goesOnAfterARestartWhereTheFileIsSentAgain() {
		try (StandaloneEmulator emulator = StandaloneEmulator.start()) {
			try (ConfigurableApplicationContext application = start(emulator)) {
				client(application).importCsv(csv(1, ORDERS / 2));
			}
			try (ConfigurableApplicationContext application = start(emulator)) {
				DeskClient desk = client(application);
				assertThat(desk.importCsv(csv(1, ORDERS)).existing()).isEqualTo(ORDERS / 2);
				assertBilledAndCountedOnce(desk);
			}
		}
	}

	private static void assertBilledAndCountedOnce(DeskClient desk) {
		for (int customer = 0; customer < CUSTOMERS; customer++) {
			int[] orders = ordersOf(customer).toArray();
			BigDecimal total = IntStream.of(orders)
				.mapToObj(OrderImportAcceptanceTests::total)
				.reduce(BigDecimal.ZERO, BigDecimal::add);
			desk.awaitBilledAndCounted("customer " + customer, orders.length, total.toPlainString());
		}
	}

	private static IntStream ordersOf(int customer) {
		return IntStream.rangeClosed(1, ORDERS).filter((order) -> order % CUSTOMERS == customer);
	}

	private static String csv(int first, int last) {
		return IntStream.rangeClosed(first, last)
			.mapToObj((order) -> "%d,customer %d,%s".formatted(order, order % CUSTOMERS, total(order)))
			.collect(Collectors.joining("\n", "id,customer,total\n", "\n"));
	}

	private static BigDecimal total(int order) {
		return BigDecimal.valueOf(order, 2);
	}

	private static ConfigurableApplicationContext start(StandaloneEmulator emulator) {
		return new SpringApplicationBuilder(OrderDeskApplication.class)
			.properties("server.port=0", "desk.failure-rate=0.1", "azure.eventgrid.listener.release-delays=0s")
			.run(emulator.connection());
	}

	private static DeskClient client(ConfigurableApplicationContext application) {
		String port = application.getEnvironment().getProperty("local.server.port");
		return new DeskClient("http://localhost:" + port, Duration.ofMinutes(3));
	}

}
