package dev.reactiveazure.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import dev.reactiveazure.sample.DeskClient.Report;
import dev.reactiveazure.sample.DeskClient.Total;
import dev.reactiveazure.sample.DeskClient.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The desk over HTTP, on the embedded emulator.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderDeskTests {

	@LocalServerPort
	private int port;

	private DeskClient desk = DeskClient.onPort(0);

	// Each test has customers of its own: they share one desk.
	private final String customer = "customer-" + UUID.randomUUID();

	@BeforeEach
	void connect() {
		this.desk = DeskClient.onPort(this.port);
	}

	@Test
	void billsAndCountsAnOrderThatIsPlaced() {
		View placed = this.desk.post("{\"customer\":\"" + this.customer + "\",\"total\":12.50}")
			.expectStatus()
			.isCreated()
			.returnResult(View.class)
			.getResponseBody()
			.blockFirst();
		assertThat(placed).isNotNull();
		assertThat(placed.status()).isEqualTo("PLACED");
		this.desk.awaitBilledAndCounted(this.customer, 1, "12.50");
		assertThat(this.desk.orders(this.customer))
			.containsExactly(new View(placed.id(), new BigDecimal("12.50"), "BILLED"));
	}

	@Test
	void knowsNothingOfACustomerWhoNeverOrdered() {
		assertThat(this.desk.orders("nobody's")).isEmpty();
		assertThat(this.desk.total("nobody's")).isEqualTo(new Total(0, new BigDecimal("0.00")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { "{\"total\":1}; customer; 'customer' is missing",
			"{\"customer\":\"ada\"}; total; 'total' is missing",
			"{\"customer\":\"ada\",\"total\":\"much\"}; total; 'total' is no number",
			"{\"customer\":{},\"total\":1}; customer; 'customer' is no text",
			"{\"customer\":\"ada\",\"total\":-1}; total; 'total' must not be negative",
			"{\"customer\":\"a/b\",\"total\":1}; customer; 'customer' must not contain / \\ # ? or control characters" })
	void refusesAnInvalidOrderByTheNameOfTheField(String json, String field, String detail) {
		this.desk.post(json)
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo(field)
			.jsonPath("$.detail")
			.isEqualTo(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { "garbage", "[1]", "{\"customer\"" })
	void refusesWhatIsNoJsonOrder(String json) {
		this.desk.post(json)
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The body is no JSON object with 'customer' and 'total'");
	}

	@Test
	void importsAFileOnceHoweverOftenItIsSent() {
		String csv = "id,customer,total\r\n1,%1$s,1.50\r\n2,%1$s,2\r\n".formatted(this.customer);
		assertThat(this.desk.importCsv(csv)).extracting(Report::imported, Report::existing).containsExactly(2L, 0L);
		assertThat(this.desk.importCsv(csv)).extracting(Report::imported, Report::existing).containsExactly(0L, 2L);
		this.desk.awaitBilledAndCounted(this.customer, 2, "3.50");
		assertThat(this.desk.importCsv(csv)).extracting(Report::imported, Report::existing).containsExactly(0L, 2L);
		this.desk.awaitBilledAndCounted(this.customer, 2, "3.50");
	}

	@Test
	void keepsTheStoredOrderWhereALineSaysOtherwise() {
		this.desk.importCsv("1,%s,1.50".formatted(this.customer));
		this.desk.importCsv("1,%s,99".formatted(this.customer));
		this.desk.awaitBilledAndCounted(this.customer, 1, "1.50");
	}

	@Test
	void reportsBadLinesByTheirNumberAndImportsTheOthers() {
		Report report = this.desk.importCsv("""
				1,%1$s,1
				2,%1$s
				3,%1$s,much
				4,a/b,1

				6,%1$s,2""".formatted(this.customer));
		assertThat(report.imported()).isEqualTo(2);
		assertThat(report.failures()).isEqualTo(3);
		assertThat(report.failed()).containsExactly(
				Map.of("line", 2, "reason", "Expected id,customer,total, but found 2 fields"),
				Map.of("line", 3, "reason", "'total' is no number"),
				Map.of("line", 4, "reason", "'customer' must not contain / \\ # ? or control characters"));
		this.desk.awaitBilledAndCounted(this.customer, 2, "3");
	}

	@Test
	void streamsAnOrderThroughItsStages() {
		var stages = this.desk.http()
			.get()
			.uri("/live")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Change.class)
			.getResponseBody()
			.filter((change) -> this.customer.equals(change.customer()))
			.map(Change::stage);
		StepVerifier.create(stages)
			.then(() -> this.desk.importCsv("1,%s,1".formatted(this.customer)))
			.expectNext("PLACED", "BILLED", "COUNTED")
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	record Change(String customer, String stage) {
	}

}
