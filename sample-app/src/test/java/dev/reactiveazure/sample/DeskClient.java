package dev.reactiveazure.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The order desk as a client sees it.
 */
final class DeskClient {

	private final WebTestClient http;

	private final Duration patience;

	DeskClient(String url, Duration patience) {
		this.http = WebTestClient.bindToServer().baseUrl(url).responseTimeout(patience).build();
		this.patience = patience;
	}

	static DeskClient onPort(int port) {
		return new DeskClient("http://localhost:" + port, Duration.ofSeconds(60));
	}

	WebTestClient http() {
		return this.http;
	}

	WebTestClient.ResponseSpec post(String json) {
		return this.http.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	Report importCsv(String csv) {
		return this.http.post()
			.uri("/orders/import")
			.contentType(MediaType.parseMediaType("text/csv"))
			.bodyValue(csv)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Report.class)
			.getResponseBody()
			.single()
			.blockOptional()
			.orElseThrow();
	}

	List<View> orders(String customer) {
		return this.http.get()
			.uri("/orders/{customer}", customer)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(View.class)
			.getResponseBody()
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	Total total(String customer) {
		return this.http.get()
			.uri("/totals/{customer}", customer)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Total.class)
			.getResponseBody()
			.single()
			.blockOptional()
			.orElseThrow();
	}

	/**
	 * Wait until a customer's total has so many orders, and check that they are billed
	 * and add up.
	 */
	void awaitBilledAndCounted(String customer, int orders, String total) {
		await("totals of " + customer).atMost(this.patience)
			.pollInterval(Duration.ofMillis(100))
			.untilAsserted(() -> assertThat(total(customer).orders()).isEqualTo(orders));
		assertThat(total(customer).total()).isEqualByComparingTo(total);
		assertThat(orders(customer)).hasSize(orders).allMatch((order) -> order.status().equals("BILLED"));
	}

	record View(String id, BigDecimal total, String status) {
	}

	record Total(long orders, BigDecimal total) {
	}

	record Report(long imported, long existing, long failures, List<Map<String, Object>> failed) {
	}

}
