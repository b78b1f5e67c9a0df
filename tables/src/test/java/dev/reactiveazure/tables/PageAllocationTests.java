package dev.reactiveazure.tables;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.sun.management.ThreadMXBean;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

import org.springframework.data.annotation.Version;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a page costs in memory, which is the same on each machine: CPU time is what the
 * benchmarks are for.
 */
class PageAllocationTests {

	private static final int ROWS = 1000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final byte[] page = page().getBytes(StandardCharsets.UTF_8);

	@Test
	@Requirement("T15")
	void readsAPageOfAThousandRowsIntoRecordsForLittleMoreThanTheRecords() {
		EntityCodec<Purchase> codec = new TableMappingContext().getCodec(Purchase.class);
		long records = bytesOf(codec);
		long maps = bytesOf(TableEntityCodec.INSTANCE);

		System.out.println("page of 1,000 rows of 17 properties: " + records / ROWS + " B a row into records, "
				+ maps / ROWS + " B into entities");
		assertThat(records).isLessThanOrEqualTo(1_500_000);
	}

	private <T> long bytesOf(EntityCodec<T> codec) {
		PageReader<T> reader = PageReader.of(new RowFormat<>(codec, new JsonFactory()), List.of());
		long least = Long.MAX_VALUE;
		// The least of many: the first ones link and compile.
		for (int i = 0; i < 40; i++) {
			long before = this.threads.getCurrentThreadAllocatedBytes();
			List<T> items = reader.items(this.page, this.page.length);
			least = Math.min(least, this.threads.getCurrentThreadAllocatedBytes() - before);
			assertThat(items).hasSize(ROWS);
		}
		return least;
	}

	@Test
	void readsTheValuesOfThatPage() {
		List<Purchase> items = PageReader
			.of(new RowFormat<>(new TableMappingContext().getCodec(Purchase.class), new JsonFactory()), List.of())
			.items(this.page, this.page.length);

		assertThat(items.get(7))
			.isEqualTo(new Purchase("customer-0007", "order-00000007", 4_200_000_007L, 10.25, 0.5, 300, 2000, true,
					false, Instant.parse("2026-11-21T06:00:00.1234567Z"), Instant.parse("2026-11-22T06:00:00.1234567Z"),
					UUID.fromString("1a2b3c4d-5e6f-4a7b-8c9d-000000000007"), "PLACED", "EUR", "Amsterdam",
					"ada.0007@example.com", "Ring twice", "W/\"datetime'2026-11-21T06%3A00%3A00.1234567Z'\""));
	}

	private static String page() {
		StringBuilder json = new StringBuilder("{\"value\":[");
		for (int i = 0; i < ROWS; i++) {
			json.append((i > 0) ? "," : "")
				.append("""
						{"odata.etag":"W/\\"datetime'2026-11-21T06%%3A00%%3A00.1234567Z'\\"",\
						"PartitionKey":"customer-%04d","RowKey":"order-%08d","Timestamp":"2026-11-21T06:00:00.1234567Z",\
						"number@odata.type":"Edm.Int64","number":"%d","total":10.25,"tax":0.5,"quantity":300,\
						"priority":2000,"paid":true,"express":false,"placedAt@odata.type":"Edm.DateTime",\
						"placedAt":"2026-11-21T06:00:00.1234567Z","shippedAt@odata.type":"Edm.DateTime",\
						"shippedAt":"2026-11-22T06:00:00.1234567Z","reference@odata.type":"Edm.Guid",\
						"reference":"1a2b3c4d-5e6f-4a7b-8c9d-%012x","status":"PLACED","currency":"EUR",\
						"city":"Amsterdam","email":"ada.%04d@example.com","note":"Ring twice"}"""
					.formatted(i, i, 4_200_000_000L + i, i, i));
		}
		return json.append("]}").toString();
	}

	record Purchase(@PartitionKey String customer, @RowKey String id, long number, double total, double tax,
			int quantity, int priority, boolean paid, boolean express, Instant placedAt, Instant shippedAt,
			UUID reference, String status, String currency, String city, String email, String note,
			@Version @Nullable String etag) {
	}

}
