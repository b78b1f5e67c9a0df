package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.FaultPlan;
import io.cloudevents.CloudEvent;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventGridNamespaceClient} and its children against the emulator.
 */
class EventGridClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(100, Duration.ofSeconds(10));

	private final FaultPlan faults = FaultPlan.create();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridPublisherClient publisher;

	private EventGridReceiverClient receiver;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.faults(this.faults)
			.clock(this.clock)
			.start();
		this.client = client(this.emulator.eventGridKey());
		this.publisher = this.client.publisher("orders");
		this.receiver = this.client.receiver("orders", "billing");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private EventGridNamespaceClient client(String key) {
		ClientOptions options = ClientOptions.defaults()
			.withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1)));
		return EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(key))
			.options(options)
			.observationRegistry(this.observations)
			.random(() -> 0.5)
			.build();
	}

	private static GridEvent event(String id) {
		return GridEvent.builder(id, URI.create("/shop"), "com.example.placed")
			.time(Instant.parse("2026-01-02T03:04:00Z"))
			.data("application/json", EventData.json("{\"n\":1.10}".getBytes(StandardCharsets.UTF_8)))
			.extension("flag", true)
			.build();
	}

	private static List<CloudEvent> events(int count) {
		List<CloudEvent> events = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			events.add(event("e" + i));
		}
		return events;
	}

	private List<ReceivedEvent> receive() {
		List<ReceivedEvent> received = this.receiver.receive(OPTIONS).block(LIMIT);
		assertThat(received).isNotNull();
		return received;
	}

	private void awaitOpenReceive() {
		await().atMost(LIMIT).until(() -> this.emulator.eventGrid().openReceives("orders", "billing") == 1);
	}

	private List<String> publishAndReceiveTokens(int count) {
		this.publisher.publish(events(count)).block(LIMIT);
		return receive().stream().map(ReceivedEvent::lockToken).toList();
	}

	@Nested
	class Publishing {

		@Test
		void deliversAnEventAsItWasPublished() {
			StepVerifier.create(EventGridClientTests.this.publisher.publish(event("1"))).expectComplete().verify(LIMIT);
			assertThat(receive()).singleElement().isInstanceOfSatisfying(ReceivedEvent.Valid.class, (received) -> {
				assertThat(received.event()).isEqualTo(event("1"));
				assertThat(received.deliveryCount()).isEqualTo(1);
			});
		}

		@Test
		void deliversABatchOfAllKindsOfEvents() {
			EventSamples samples = new EventSamples(7);
			List<CloudEvent> events = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				events.add(samples.next());
			}
			EventGridClientTests.this.publisher.publish(events).block(LIMIT);
			assertThat(receive()).extracting((received) -> ((ReceivedEvent.Valid) received).event().getId())
				.containsExactlyInAnyOrderElementsOf(events.stream().map(CloudEvent::getId).toList());
		}

		@Test
		void sendsNothingForNoEvents() {
			EventGridClientTests.this.client.close();
			StepVerifier.create(EventGridClientTests.this.publisher.publish(List.of())).expectComplete().verify(LIMIT);
		}

		@Test
		void refusesMoreThan1000EventsBeforeSending() {
			EventGridClientTests.this.client.close();
			StepVerifier.create(EventGridClientTests.this.publisher.publish(Collections.nCopies(1001, event("1"))))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("'orders'")
					.hasMessageContaining("1000")
					.hasMessageContaining("1001"))
				.verify(LIMIT);
		}

		@Test
		void namesAnEventThatIsTooLarge() {
			CloudEvent large = GridEvent.builder("big", URI.create("/"), "t")
				.data(EventData.text("x".repeat(1_000_000)))
				.build();
			StepVerifier.create(EventGridClientTests.this.publisher.publish(List.of(event("1"), large)))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("Event 'big'")
					.hasMessageContaining("1000000"))
				.verify(LIMIT);
			assertThat(published()).isZero();
		}

		@Test
		void saysThatABatchIsTooLarge() {
			CloudEvent half = GridEvent.builder("half", URI.create("/"), "t")
				.data(EventData.text("x".repeat(500_000)))
				.build();
			StepVerifier.create(EventGridClientTests.this.publisher.publish(List.of(half, half)))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("smaller batches"))
				.verify(LIMIT);
			assertThat(published()).isZero();
		}

		@Test
		void publishesAgainUnderTheSameIdAfterALostAnswer() {
			EventGridClientTests.this.faults.when(FaultPlan.EVENT_GRID).nth(1).dropAfter();
			EventGridClientTests.this.publisher.publish(event("1")).block(LIMIT);
			assertThat(receive()).extracting((received) -> ((ReceivedEvent.Valid) received).event().getId())
				.containsExactly("1", "1");
		}

		private long published() {
			return EventGridClientTests.this.emulator.eventGrid().published("orders").requests();
		}

	}

	@Nested
	class Receiving {

		@Test
		void receivesNothingAfterTheWait() {
			StepVerifier.create(EventGridClientTests.this.receiver.receive(OPTIONS))
				.then(EventGridClientTests.this::awaitOpenReceive)
				.then(() -> EventGridClientTests.this.clock.advance(Duration.ofSeconds(10)))
				.expectNext(List.of())
				.expectComplete()
				.verify(LIMIT);
		}

		@Test
		void neverTriesAgain() {
			EventGridClientTests.this.faults.when(FaultPlan.EVENT_GRID).first(1).answer(503);
			StepVerifier.create(EventGridClientTests.this.receiver.receive(OPTIONS))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(ThrottledException.class,
						(throttled) -> assertThat(throttled.call().attempts()).isEqualTo(1)))
				.verify(LIMIT);
		}

		@Test
		void failsWithATypedErrorWhenTheAnswerIsCut() {
			EventGridClientTests.this.publisher.publish(events(20)).block(LIMIT);
			EventGridClientTests.this.faults.when(FaultPlan.EVENT_GRID).truncate();
			StepVerifier.create(EventGridClientTests.this.receiver.receive(OPTIONS))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
					.hasMessageContaining("receive events on subscription 'orders/billing'"))
				.verify(LIMIT);
		}

	}

	@Nested
	class Settling {

		@Test
		void acknowledgesEvents() {
			List<String> tokens = publishAndReceiveTokens(3);
			SettlementResult result = EventGridClientTests.this.receiver.acknowledge(tokens).block(LIMIT);
			assertThat(result).isEqualTo(new SettlementResult(tokens, List.of()));
			assertThat(EventGridClientTests.this.emulator.eventGrid().openLocks("orders", "billing")).isEmpty();
			assertThat(EventGridClientTests.this.emulator.eventGrid().pendingCount("orders", "billing")).isZero();
		}

		@Test
		void releasesEventsToBeDeliveredAgain() {
			List<String> tokens = publishAndReceiveTokens(1);
			EventGridClientTests.this.receiver.release(tokens, ReleaseDelay.NONE).block(LIMIT);
			assertThat(receive()).singleElement().extracting(ReceivedEvent::deliveryCount).isEqualTo(2);
		}

		@Test
		void releasesWithEachDelay() {
			List<String> tokens = publishAndReceiveTokens(ReleaseDelay.values().length);
			for (ReleaseDelay delay : ReleaseDelay.values()) {
				String token = tokens.get(delay.ordinal());
				SettlementResult result = EventGridClientTests.this.receiver.release(List.of(token), delay)
					.block(LIMIT);
				assertThat(result).isEqualTo(new SettlementResult(List.of(token), List.of()));
			}
		}

		@Test
		void rejectsEvents() {
			List<String> tokens = publishAndReceiveTokens(1);
			EventGridClientTests.this.receiver.reject(tokens).block(LIMIT);
			assertThat(EventGridClientTests.this.emulator.eventGrid().deadLetterCount("orders", "billing")).isOne();
		}

		@Test
		void renewsLocksUnderTheSameTokens() {
			List<String> tokens = publishAndReceiveTokens(2);
			assertThat(EventGridClientTests.this.receiver.renewLocks(tokens).block(LIMIT))
				.isEqualTo(new SettlementResult(tokens, List.of()));
			assertThat(EventGridClientTests.this.receiver.acknowledge(tokens).block(LIMIT))
				.isEqualTo(new SettlementResult(tokens, List.of()));
		}

		@Test
		void givesTokensThatFailAsAResult() {
			List<String> tokens = publishAndReceiveTokens(2);
			EventGridClientTests.this.receiver.acknowledge(tokens.subList(0, 1)).block(LIMIT);
			SettlementResult result = EventGridClientTests.this.receiver.acknowledge(tokens).block(LIMIT);
			assertThat(result).isNotNull();
			assertThat(result.isComplete()).isFalse();
			assertThat(result.retried()).isFalse();
			assertThat(result.succeeded()).containsExactly(tokens.get(1));
			assertThat(result.failed()).singleElement().satisfies((failed) -> {
				assertThat(failed.lockToken()).isEqualTo(tokens.get(0));
				assertThat(failed.isLockLost()).isTrue();
			});
		}

		@Test
		void saysThatALostLockAfterARetryIsAmbiguous() {
			List<String> tokens = publishAndReceiveTokens(1);
			EventGridClientTests.this.faults.when(FaultPlan.EVENT_GRID).first(1).dropAfter();
			SettlementResult result = EventGridClientTests.this.receiver.acknowledge(tokens).block(LIMIT);
			assertThat(result).isNotNull();
			assertThat(result.retried()).isTrue();
			assertThat(result.failed()).singleElement().matches(FailedLockToken::isLockLost);
		}

		@Test
		void sendsNothingForNoTokens() {
			EventGridClientTests.this.client.close();
			StepVerifier.create(EventGridClientTests.this.receiver.acknowledge(List.of()))
				.expectNext(SettlementResult.empty())
				.expectComplete()
				.verify(LIMIT);
		}

	}

	@Nested
	class Failing {

		@Test
		void saysThatTheKeyIsWrongWithoutTheKey() {
			try (EventGridNamespaceClient other = client("wr0ngKey=")) {
				StepVerifier.create(other.publisher("orders").publish(event("1")))
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
						.hasMessageContaining("401")
						.hasMessageContaining("publish events on topic 'orders'")
						.hasMessageContaining("access key")
						.hasMessageNotContaining("wr0ngKey"))
					.verify(LIMIT);
			}
		}

		@Test
		void saysWhichTopicIsUnknown() {
			StepVerifier.create(EventGridClientTests.this.client.publisher("nothing").publish(event("1")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotFoundException.class)
					.hasMessageContaining("topic 'nothing'")
					.hasMessageContaining("Check the names"))
				.verify(LIMIT);
		}

		@Test
		void saysWhichSubscriptionIsUnknown() {
			StepVerifier.create(EventGridClientTests.this.client.receiver("orders", "nobody").receive(OPTIONS))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotFoundException.class)
					.hasMessageContaining("subscription 'orders/nobody'"))
				.verify(LIMIT);
		}

		@Test
		void refusesCallsOnceClosed() {
			EventGridClientTests.this.client.close();
			EventGridClientTests.this.client.close();
			StepVerifier.create(EventGridClientTests.this.publisher.publish(event("1")))
				.expectError(NotSentException.class)
				.verify(LIMIT);
			StepVerifier.create(EventGridClientTests.this.receiver.receive(OPTIONS))
				.expectError(NotSentException.class)
				.verify(LIMIT);
			StepVerifier.create(EventGridClientTests.this.receiver.acknowledge(List.of("t")))
				.expectError(NotSentException.class)
				.verify(LIMIT);
		}

		@Test
		void showsNoKeyInItsText() {
			assertThat(EventGridClientTests.this.client.toString())
				.doesNotContain(EventGridClientTests.this.emulator.eventGridKey());
		}

	}

	@Nested
	class Observing {

		@Test
		void observesPublishReceiveAndSettleWithTheSameKeys() {
			List<String> tokens = publishAndReceiveTokens(1);
			EventGridClientTests.this.receiver.acknowledge(tokens).block(LIMIT);
			for (String name : List.of("azure.eventgrid.publish", "azure.eventgrid.receive",
					"azure.eventgrid.settle")) {
				assertThat(EventGridClientTests.this.observations).hasObservationWithNameEqualTo(name)
					.that()
					.hasLowCardinalityKeyValue("messaging.system", "eventgrid")
					.hasLowCardinalityKeyValue("messaging.destination.name", "orders")
					.hasLowCardinalityKeyValueWithKey("messaging.destination.subscription.name")
					.hasLowCardinalityKeyValue("http.response.status_code", "200")
					.hasLowCardinalityKeyValue("error.type", "none")
					.hasHighCardinalityKeyValue("http.request.resend_count", "0")
					.hasBeenStopped();
			}
			assertThat(EventGridClientTests.this.observations).hasObservationWithNameEqualTo("azure.eventgrid.settle")
				.that()
				.hasLowCardinalityKeyValue("messaging.operation.name", "acknowledge")
				.hasLowCardinalityKeyValue("messaging.destination.subscription.name", "billing");
		}

		@Test
		void observesAFailure() {
			StepVerifier.create(EventGridClientTests.this.client.publisher("nothing").publish(event("1")))
				.expectError()
				.verify(LIMIT);
			assertThat(EventGridClientTests.this.observations).hasObservationWithNameEqualTo("azure.eventgrid.publish")
				.that()
				.hasLowCardinalityKeyValue("http.response.status_code", "404")
				.hasError();
		}

	}

}
