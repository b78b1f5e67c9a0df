package dev.reactiveazure.sample;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders while one in ten handler calls fails, on the embedded emulator.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "desk.failure-rate=0.1", "azure.eventgrid.listener.release-delays=0s" })
class ExactlyOnceTests {

	@LocalServerPort
	private int port;

	@Test
	void countsEachOrderOnceAlthoughHandlersFail() {
		DeskClient desk = DeskClient.onPort(this.port);
		String csv = IntStream.rangeClosed(1, 300).mapToObj((i) -> i + ",ada,0.50").collect(Collectors.joining("\n"));
		assertThat(desk.importCsv(csv).imported()).isEqualTo(300);
		assertThat(desk.importCsv(csv).existing()).isEqualTo(300);
		desk.awaitBilledAndCounted("ada", 300, "150.00");
	}

}
