package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the embedding API of {@link EventGridEmulator}.
 */
class EventGridEmulatorTests {

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));

	private final EventGridEmulator emulator = new EventGridEmulator(EventGridSettings.defaults(), this.clock);

	@ParameterizedTest
	@ValueSource(strings = { "", "ab", "under_score", "a/b", "späti" })
	void refusesNamesTheServiceWouldRefuse(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.declareTopic(name))
			.withMessageContaining("'" + name + "'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.declareSubscription("orders", name))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void keepsASubscriptionThatIsDeclaredAgain() {
		this.emulator.declareSubscription("orders", "billing");
		publish("a");
		this.emulator.declareSubscription("Orders", "BILLING");

		assertThat(this.emulator.pendingCount("orders", "billing")).isOne();
	}

	@Test
	void givesASubscriptionNothingThatWasPublishedBeforeIt() {
		this.emulator.declareTopic("orders");
		publish("a");
		this.emulator.declareSubscription("orders", "billing");

		assertThat(this.emulator.pendingCount("orders", "billing")).isZero();
		assertThat(this.emulator.history("orders", "billing", "a")).isEmpty();
	}

	@Test
	void namesWhatIsUnknownInItsBooks() {
		this.emulator.declareTopic("orders");

		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.published("nowhere"))
			.withMessageContaining("'nowhere'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.openLocks("orders", "nobody"))
			.withMessageContaining("'nobody'");
	}

	@Test
	void takesALockAwayOnDemand() {
		this.emulator.declareSubscription("orders", "billing");
		publish("a");
		receive().join();
		String token = this.emulator.openLocks("orders", "billing").get(0).lockToken();

		assertThat(this.emulator.expireLock("orders", "billing", token)).isTrue();
		assertThat(this.emulator.openLocks("orders", "billing")).isEmpty();
	}

	@Test
	void countsReceivesWithTheirEvents() {
		this.emulator.declareSubscription("orders", "billing");
		publish("a");
		receive().join();

		assertThat(this.emulator.count("orders", "billing", EventGridOperation.RECEIVE))
			.isEqualTo(new OperationCount(1, 1, 0));
		assertThat(this.emulator.count("orders", "billing", EventGridOperation.ACKNOWLEDGE).meanItems()).isZero();
	}

	@Test
	void answersWaitingReceivesWhenItCloses() {
		this.emulator.declareSubscription("orders", "billing");
		CompletableFuture<EmulatorResponse> poll = receive();
		assertThat(poll).isNotDone();
		this.emulator.close();
		this.emulator.close();

		assertThat(poll.join().bodyText()).isEqualTo("{\"value\":[]}");
		assertThat(receive().join().bodyText()).isEqualTo("{\"value\":[]}");
	}

	private void publish(String id) {
		EmulatorResponse answer = send("/topics/orders:publish", Wire.event(id)).join();
		assertThat(answer.status()).isEqualTo(200);
	}

	private CompletableFuture<EmulatorResponse> receive() {
		return send("/topics/orders/eventsubscriptions/billing:receive", "");
	}

	private CompletableFuture<EmulatorResponse> send(String path, String body) {
		Headers headers = Headers.NONE.with("Authorization", "SharedAccessKey " + EventGridSettings.DEFAULT_KEY)
			.with("Content-Type", Wire.SINGLE);
		return Wire.start(this.emulator.handle(EmulatorRequest.of("POST", path + Wire.VERSION, headers, body)));
	}

}
