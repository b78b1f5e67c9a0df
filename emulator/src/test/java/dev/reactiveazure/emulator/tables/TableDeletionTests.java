package dev.reactiveazure.emulator.tables;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.AzureEmulatorBuilder;
import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TableDeletionTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43Z");

	private static final String ORDERS = "{\"TableName\":\"Orders\"}";

	private final MovableClock clock = MovableClock.startingAt(NOW);

	private final AzureEmulatorBuilder builder = AzureEmulator.builder().eventGrid(false).clock(this.clock);

	@Test
	void takesAsLongAsItIsTold() {
		try (AzureEmulator emulator = this.builder.tableDeletionTime(Duration.ofSeconds(40)).start()) {
			SignedClient client = new SignedClient(emulator.tablesEndpoint(), NOW);
			client.write("POST", "/Tables", ORDERS);
			assertThat(client.send("DELETE", "/Tables('Orders')").statusCode()).isEqualTo(204);
			this.clock.advance(Duration.ofSeconds(40).minusNanos(100));
			assertBeingDeleted(client.write("POST", "/Tables", "{\"TableName\":\"oRDERS\"}"));
			assertBeingDeleted(client.send("DELETE", "/Tables('Orders')"));
			assertBeingDeleted(client.send("GET", "/Orders()"));
			assertBeingDeleted(client.write("POST", "/Orders", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}"));
			assertThat(client.send("GET", "/Tables").body()).doesNotContain("Orders\"");
			this.clock.advance(Duration.ofNanos(100));
			assertThat(client.send("GET", "/Orders()").body()).contains("TableNotFound");
			assertThat(client.write("POST", "/Tables", ORDERS).statusCode()).isEqualTo(201);
			assertThat(client.send("GET", "/Orders()").statusCode()).isEqualTo(200);
		}
	}

	private static void assertBeingDeleted(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
		assertThat(response.body()).contains("\"TableBeingDeleted\"")
			.contains("The specified table is being deleted. Try operation later.");
	}

	@Test
	void takesNoTimeByDefault() {
		try (AzureEmulator emulator = this.builder.start()) {
			SignedClient client = new SignedClient(emulator.tablesEndpoint(), NOW);
			client.write("POST", "/Tables", ORDERS);
			client.send("DELETE", "/Tables('Orders')");
			assertThat(client.write("POST", "/Tables", ORDERS).statusCode()).isEqualTo(201);
		}
	}

	@Test
	void neverEndsBeforeItBegins() {
		Duration negative = Duration.ofSeconds(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.tableDeletionTime(negative))
			.withMessageContaining("tableDeletionTime");
		TablesSettings settings = new TablesSettings("account", "c2VjcmV0");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withTableDeletionTime(negative))
			.withMessageContaining("tableDeletionTime");
	}

}
