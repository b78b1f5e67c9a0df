package dev.reactiveazure.eventgrid;

import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential.AccessKey;
import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import io.cloudevents.CloudEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The client's side of each edge case of the protocol, by its number.
 */
class EdgeCaseTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = ReceiveOptions.defaults();

	private static final String TOKEN = "a+/b==";

	private static final String EVENT = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"t\"";

	private static final String VERSION = "?api-version=2024-06-01";

	private static final AccessKey KEY = new AccessKey("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final StubGrid stub = new StubGrid();

	private final EventGridNamespaceClient client = builder().build();

	private final EventGridPublisherClient publisher = this.client.publisher("orders");

	private final EventGridReceiverClient receiver = this.client.receiver("orders", "billing");

	private final EventGridBasicClient basic = EventGridBasicClient.builder()
		.endpoint(this.stub.address() + "/api/events")
		.credential(KEY)
		.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.basic.close();
		this.stub.close();
	}

	private EventGridNamespaceClient.Builder builder() {
		return EventGridNamespaceClient.builder()
			.endpoint(this.stub.address())
			.credential(KEY)
			.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))));
	}

	private EventGridNamespaceClient.Builder withoutRetry() {
		return builder().options(ClientOptions.defaults().withRetry(RetryOptions.none()));
	}

	private static <T> T await(Mono<T> mono) {
		return mono.blockOptional(LIMIT).orElseThrow();
	}

	private StubGrid.Recorded sent() {
		return this.stub.requests().get(this.stub.requests().size() - 1);
	}

	private static String delivery(String token, String event) {
		return "{\"brokerProperties\":{\"lockToken\":\"" + token + "\",\"deliveryCount\":2},\"event\":" + event + "}";
	}

	private List<ReceivedEvent> receive(String... deliveries) {
		this.stub.answer("{\"value\":[" + String.join(",", deliveries) + "]}");
		return await(this.receiver.receive(OPTIONS));
	}

	private CloudEvent read(String members) {
		List<ReceivedEvent> events = receive(delivery(TOKEN, "{" + EVENT + members + "}"));
		assertThat(events).singleElement().isInstanceOf(ReceivedEvent.Valid.class);
		return ((ReceivedEvent.Valid) events.get(0)).event();
	}

	private static GridEvent.Builder event() {
		return GridEvent.builder("1", URI.create("/shop"), "t");
	}

	private String published(CloudEvent event) {
		this.stub.answer("{}");
		this.publisher.publish(event).block(LIMIT);
		return sent().text();
	}

	private static EventData json(String json) {
		return EventData.json(json.getBytes(StandardCharsets.UTF_8));
	}

	private static String data(CloudEvent event) {
		return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
	}

	private static String failed(String error) {
		return "{\"succeededLockTokens\":[],\"failedLockTokens\":[{\"lockToken\":\"" + TOKEN + "\"," + error + "}]}";
	}

	private static String tokenLost() {
		return failed("\"error\":{\"code\":\"TokenLost\",\"message\":\"Token has expired.\"}");
	}

	private static String succeeded() {
		return "{\"succeededLockTokens\":[\"" + TOKEN + "\"],\"failedLockTokens\":[]}";
	}

	private static void fails(Mono<?> call, Class<? extends AzureException> type, String... parts) {
		StepVerifier.create(call)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(type).hasMessageContainingAll(parts))
			.verify(LIMIT);
	}

	@Test
	@EdgeCase(1)
	void emptyReceiveMayTakeTwoMinutes() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		Sinks.One<String> late = Sinks.one();
		this.stub.answer(200, Map.of(), late.asMono());
		try (EventGridNamespaceClient patient = builder().scheduler(time).build()) {
			StepVerifier
				.create(patient.receiver("orders", "billing").receive(new ReceiveOptions(1, Duration.ofSeconds(120))))
				.expectSubscription()
				.then(() -> Awaitility.await().atMost(LIMIT).until(() -> !this.stub.requests().isEmpty()))
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(125)))
				.then(() -> late.tryEmitValue("{\"value\":[]}"))
				.expectNext(List.of())
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	@EdgeCase(2)
	void fewerEventsThanAskedAreAnAnswerAtOnce() {
		assertThat(receive(delivery(TOKEN, "{" + EVENT + "}"))).hasSize(1);
		assertThat(sent().uri()).contains("maxEvents=100");
		assertThat(this.stub.requests()).hasSize(1);
	}

	@Test
	@EdgeCase(3)
	void eventsAreInValueAndNamesInCamelCase() {
		assertThat(receive(delivery(TOKEN, "{" + EVENT + "}")).get(0).deliveryCount()).isEqualTo(2);
		this.stub.answer("{\"details\":[]}");
		fails(this.receiver.receive(OPTIONS), InvalidAnswerException.class, "'value'");
		this.stub.answer(succeeded());
		assertThat(await(this.receiver.acknowledge(List.of(TOKEN))).succeeded()).containsExactly(TOKEN);
		assertThat(sent().text()).isEqualTo("{\"lockTokens\":[\"" + TOKEN + "\"]}");
	}

	@Test
	@EdgeCase(4)
	void settlementOfWhichEveryTokenFailedIsNoSuccess() {
		this.stub.answer(tokenLost());
		SettlementResult result = await(this.receiver.acknowledge(List.of(TOKEN)));
		assertThat(result.isComplete()).isFalse();
		assertThat(result.failed()).containsExactly(new FailedLockToken(TOKEN, "TokenLost", "Token has expired."));
	}

	@Test
	@EdgeCase(5)
	void failuresAreReadInEveryShape() {
		Map<String, FailedLockToken> shapes = Map.of("\"error\":{\"code\":\"BadToken\",\"message\":\"\"}",
				new FailedLockToken(TOKEN, "BadToken", ""), "\"errorCode\":\"BadToken\",\"errorDescription\":\"no\"",
				new FailedLockToken(TOKEN, "BadToken", "no"), "\"error\":{\"code\":null,\"message\":\"no\"}",
				new FailedLockToken(TOKEN, null, "no"));
		shapes.forEach((error, expected) -> {
			this.stub.answer(failed(error));
			assertThat(await(this.receiver.reject(List.of(TOKEN))).failed()).containsExactly(expected);
		});
	}

	@Test
	@EdgeCase(6)
	void lostTokenAfterARetryIsAmbiguous() {
		this.stub.answer(500, "").answer(tokenLost()).answer(tokenLost());
		assertThat(await(this.receiver.acknowledge(List.of(TOKEN))).retried()).isTrue();
		assertThat(await(this.receiver.acknowledge(List.of(TOKEN))).retried()).isFalse();
	}

	@Test
	@EdgeCase(7)
	void receiveIsNeverRepeatedAndARepeatedPublishKeepsItsId() {
		this.stub.answer(503, "");
		fails(this.receiver.receive(OPTIONS), ThrottledException.class, "503");
		assertThat(this.stub.requests()).hasSize(1);
		this.stub.answer(503, "").answer("{}").answer("{}");
		Mono<Void> publish = this.publisher.publish(event().build());
		publish.block(LIMIT);
		publish.block(LIMIT);
		assertThat(this.stub.requests()).hasSize(4);
		assertThat(this.stub.requests().subList(1, 4)).extracting(StubGrid.Recorded::text)
			.containsOnly("{" + EVENT + "}");
	}

	@Test
	@EdgeCase(8)
	void tokensTravelInJsonOnlyAndAsTheyAre() {
		String token = receive(delivery(TOKEN, "{" + EVENT + "}")).get(0).lockToken();
		this.stub.answer(succeeded());
		await(this.receiver.release(List.of(token), ReleaseDelay.NONE));
		assertThat(sent().text()).isEqualTo("{\"lockTokens\":[\"" + TOKEN + "\"]}");
		assertThat(sent().uri()).doesNotContain("a+").doesNotContain("%2B");
	}

	@Test
	@EdgeCase(9)
	void renewalKeepsTheTokenAndItsRefusalIsAResult() {
		this.stub.answer(succeeded()).answer(tokenLost());
		assertThat(await(this.receiver.renewLocks(List.of(TOKEN))).succeeded()).containsExactly(TOKEN);
		assertThat(await(this.receiver.renewLocks(List.of(TOKEN))).failed()).singleElement()
			.matches(FailedLockToken::isLockLost);
		assertThat(sent().uri()).isEqualTo("/topics/orders/eventsubscriptions/billing:renewLock" + VERSION);
	}

	@Test
	@EdgeCase(10)
	void locksOfAWholeBatchAreRenewedInOneRequest() {
		List<String> tokens = IntStream.range(0, 100).mapToObj((number) -> "token" + number).toList();
		this.stub
			.answer("{\"succeededLockTokens\":[\"" + String.join("\",\"", tokens) + "\"],\"failedLockTokens\":[]}");
		assertThat(await(this.receiver.renewLocks(tokens)).succeeded()).isEqualTo(tokens);
		assertThat(this.stub.requests()).hasSize(1);
	}

	@Test
	@EdgeCase(11)
	void releaseDelayIsOneOfFiveAndInTheQuery() {
		assertThat(ReleaseDelay.values()).extracting(ReleaseDelay::seconds).containsExactly(0, 10, 60, 600, 3600);
		this.stub.answer(succeeded());
		await(this.receiver.release(List.of(TOKEN), ReleaseDelay.TEN_MINUTES));
		assertThat(sent().uri()).endsWith("&releaseDelayInSeconds=600");
		assertThat(sent().text()).doesNotContain("600");
	}

	@Test
	@EdgeCase(12)
	void deliveryCountTellsHowLongToBackOff() {
		ReceivedEvent second = receive(delivery(TOKEN, "{" + EVENT + "}")).get(0);
		this.stub.answer(succeeded());
		await(this.receiver.release(List.of(TOKEN), ReleaseDelay.values()[second.deliveryCount()]));
		assertThat(sent().uri()).endsWith("&releaseDelayInSeconds=60");
	}

	@Test
	@EdgeCase(13)
	void waitThatTheServiceRefusesIsRefusedBeforeARequest() {
		for (Duration wait : List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(9),
				Duration.ofMillis(10_500), Duration.ofSeconds(121), Duration.ofSeconds(-20))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new ReceiveOptions(1, wait))
				.withMessageContaining("maxWait")
				.withMessageContaining(wait.toString());
		}
		receive();
		assertThat(sent().uri()).endsWith("&maxWaitTime=60");
	}

	@Test
	@EdgeCase(14)
	void oneEventIsAnObjectAndAListAnArray() {
		assertThat(published(event().build())).isEqualTo("{" + EVENT + "}");
		assertThat(sent().headers()).containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
		this.stub.answer("{}");
		this.publisher.publish(List.of(event().build())).block(LIMIT);
		assertThat(sent().text()).isEqualTo("[{" + EVENT + "}]");
		assertThat(sent().headers()).containsEntry("content-type", "application/cloudevents-batch+json; charset=utf-8");
	}

	@Test
	@EdgeCase(15)
	void bytesAndContentTypeOfBinaryModeGoOutAsTheyAre() {
		byte[] data = { (byte) 0xff, 0, (byte) 0xc3, 0x28, '"' };
		this.stub.answer("{}");
		this.publisher.publishBinary(event().data("application/json-seq;  v=1", EventData.bytes(data)).build())
			.block(LIMIT);
		assertThat(sent().body()).isEqualTo(data);
		assertThat(sent().headers()).containsEntry("content-type", "application/json-seq;  v=1");
	}

	@Test
	@EdgeCase(16)
	void colonIsLiteralAndNamesAreEncodedOnce() {
		this.stub.answer("{}").answer("{\"value\":[]}");
		this.client.publisher("a b%20:c").publish(event().build()).block(LIMIT);
		assertThat(sent().uri()).isEqualTo("/topics/a%20b%2520%3Ac:publish" + VERSION);
		await(this.client.receiver("orders", "é").receive(OPTIONS));
		assertThat(sent().uri()).startsWith("/topics/orders/eventsubscriptions/%C3%A9:receive?");
	}

	@Test
	@EdgeCase(17)
	void stringOfJsonStaysAStringAndAnObjectAnObject() {
		String text = "\"{\\\"a\\\":1}\"";
		assertThat(published(event().data("application/json", json(text)).build())).endsWith("\"data\":" + text + "}");
		assertThat(published(event().data("application/json", json("{\"a\":1}")).build()))
			.endsWith("\"data\":{\"a\":1}}");
		assertThat(data(read(",\"datacontenttype\":\"application/json\",\"data\":" + text))).isEqualTo(text);
		assertThat(data(read(",\"datacontenttype\":\"application/json\",\"data\":{\"a\":1}"))).isEqualTo("{\"a\":1}");
	}

	@Test
	@EdgeCase(18)
	void bytesAreNotGuessedNullIsNotAbsentAndNumbersAreExact() {
		EventData bytes = EventData.bytes("{}".getBytes(StandardCharsets.UTF_8));
		assertThat(published(event().data(bytes).build())).isEqualTo("{" + EVENT + ",\"data_base64\":\"e30=\"}");
		assertThat(read(",\"data_base64\":\"e30=\"").getData()).isEqualTo(bytes);
		assertThat(receive(delivery(TOKEN, "{" + EVENT + ",\"data\":1,\"data_base64\":\"e30=\"}"))).singleElement()
			.isInstanceOf(ReceivedEvent.Malformed.class);
		assertThat(read(",\"data\":null").getData()).isEqualTo(EventData.NULL);
		assertThat(read("").getData()).isNull();
		String number = "123456789012345678901234567890.10";
		assertThat(data(read(",\"data\":" + number))).isEqualTo(number);
		assertThat(published(event().data(json(number)).build())).endsWith("\"data\":" + number + "}");
	}

	@Test
	@EdgeCase(19)
	void timeHasSecondsAndAnOddOneFailsNothingElse() {
		assertThat(published(event().time(Instant.parse("2026-01-02T03:04:00Z")).build()))
			.contains("\"time\":\"2026-01-02T03:04:00Z\"");
		assertThat(Objects.requireNonNull(read(",\"time\":\"2026-01-02T03:04:05.123456789+05:30\"").getTime()))
			.isEqualTo("2026-01-02T03:04:05.123456789+05:30");
		List<ReceivedEvent> events = receive(delivery("odd", "{" + EVENT + ",\"time\":\"yesterday\"}"),
				delivery("good", "{" + EVENT + "}"));
		assertThat(events).extracting(ReceivedEvent::lockToken).containsExactly("odd", "good");
		assertThat(events.get(1)).isInstanceOf(ReceivedEvent.Valid.class);
	}

	@Test
	@EdgeCase(20)
	void nullIsAbsentUnknownIsAnExtensionAndTheMalformedHidesNothing() {
		CloudEvent event = read(",\"subject\":null,\"none\":null,\"flag\":true,\"count\":5");
		assertThat(event.getSubject()).isNull();
		assertThat(event.getExtensionNames()).containsExactly("flag", "count");
		assertThat(event.getExtension("flag")).isEqualTo(true);
		assertThat(event.getExtension("count")).isEqualTo(5);
		assertThat(receive(delivery("1", "{" + EVENT + "}"), delivery("2", "7"), delivery("3", "{\"id\":[]}"),
				delivery("4", "{" + EVENT + "}")))
			.extracting(ReceivedEvent::lockToken)
			.containsExactly("1", "2", "3", "4");
		this.stub.answer(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"`id` must be non-empty string\","
				+ "\"timestamp_utc\":\"2024-03-22T21:53:04.035019068+00:00\",\"tracking_id\":\"t1\"}}");
		fails(this.publisher.publish(event().build()), InvalidRequestException.class, "BadRequest", "`id`");
	}

	@Test
	@EdgeCase(21)
	void extensionNamesAreLowerCaseAsciiOfAnyLengthAndNotReserved() {
		for (String name : List.of("data_base64", "data", "id", "Upper", "a-b", "ü", "٣", "")) {
			assertThatIllegalArgumentException().isThrownBy(() -> event().extension(name, "x"))
				.withMessageContaining("'" + name + "'");
		}
		assertThat(published(event().extension("abcdefghijklmnopqrstuvwxyz", "x").build()))
			.contains("\"abcdefghijklmnopqrstuvwxyz\":\"x\"");
	}

	@Test
	@EdgeCase(22)
	void headersOfBinaryModeAreEncodedAndTheContentTypeIsTheHttpOne() {
		this.stub.answer("{}");
		this.publisher.publishBinary(event().subject("50 % \"é\"").data("text/plain", EventData.text("x")).build())
			.block(LIMIT);
		assertThat(sent().headers()).containsEntry("ce-subject", "50%20%25%20%22%C3%A9%22")
			.containsEntry("content-type", "text/plain")
			.doesNotContainKey("ce-datacontenttype");
		assertThat(sent().text()).isEqualTo("x");
	}

	@Test
	@EdgeCase(23)
	void signaturesAreMadeInUtcWithUsTextAndEachTierHasItsOwnKeyHeader() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.JAPAN);
			assertThat(EventGridSas
				.generate("https://mytopic.westus2-1.eventgrid.azure.net/api/events", KEY,
						Instant.parse("2026-01-02T03:04:05Z"), EventGridSas.Form.VERSIONED)
				.token()).endsWith("&e=1%2F2%2F2026+3%3A4%3A5+AM&s=ZWEVdqHJsezwXhrV9N3RnZ4UgVPHQQ4SzA9jK6WbCLc%3D");
		}
		finally {
			Locale.setDefault(before);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> builder().credential(new Sas("r=1&e=2&s=3")));
		published(event().build());
		assertThat(sent().headers()).containsEntry("authorization", "SharedAccessKey " + KEY.key())
			.doesNotContainKey("aeg-sas-key");
		this.stub.answer("");
		this.basic.cloudEvents().publish(event().build()).block(LIMIT);
		assertThat(sent().headers()).containsEntry("aeg-sas-key", KEY.key()).doesNotContainKey("authorization");
	}

	@Test
	@EdgeCase(24)
	void urlsOfTheOtherTierAreExplainedAndBothStatusesAreNotFound() {
		for (String path : List.of("/api/events", "//topics", "?api-version=2024-06-01")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(this.stub.address() + path));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridBasicClient.builder().endpoint("https://shop.westeurope-1.eventgrid.azure.net"));
		try (EventGridNamespaceClient slash = builder().endpoint(this.stub.address() + "/").build()) {
			this.stub.answer("{}");
			slash.publisher("orders").publish(event().build()).block(LIMIT);
		}
		assertThat(sent().uri()).isEqualTo("/topics/orders:publish" + VERSION);
		this.stub.answer(404, "").answer(410, "");
		fails(this.publisher.publish(event().build()), NotFoundException.class, "404");
		fails(this.publisher.publish(event().build()), NotFoundException.class, "410");
	}

	@Test
	@EdgeCase(25)
	void traceIsInEveryEventOfABatchCountedInBytesAndNotInTheCallersEvents() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new Propagating());
		GridEvent plain = event().subject("ü€😀").build();
		GridEvent traced = event().extension("traceparent", "00-own").build();
		this.stub.answer("{}");
		try (EventGridNamespaceClient observed = builder().observationRegistry(observations).build()) {
			observed.publisher("orders").publish(List.of(plain, traced, plain)).block(LIMIT);
		}
		assertThat(sent().text().split("\"traceparent\":\"" + PARENT + "\"", -1)).hasSize(3);
		assertThat(sent().text().split("\"tracestate\":\"a=1\"", -1)).hasSize(3);
		assertThat(sent().text()).contains("\"traceparent\":\"00-own\"");
		assertThat(sent().headers()).containsEntry("content-length", String.valueOf(sent().body().length));
		assertThat(plain.getExtensionNames()).isEmpty();
	}

	@Test
	@EdgeCase(26)
	void forbiddenMayMeanSize() {
		this.stub.answer(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"The message is too large.\"}}");
		fails(this.publisher.publish(event().build()), TooLargeException.class, "1 MB");
	}

	@Test
	@EdgeCase(27)
	void sizeIsA413InTheBasicTier() {
		this.stub.answer(413, "");
		fails(this.basic.cloudEvents().publish(event().build()), TooLargeException.class, "1 MB");
	}

	@Test
	@EdgeCase(28)
	void retryAfterMayBeADate() {
		Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
		this.stub.answer(429, Map.of("Retry-After", "Fri, 02 Jan 2026 03:04:35 GMT"), Mono.just(""));
		try (EventGridNamespaceClient once = withoutRetry().clock(clock).build()) {
			StepVerifier.create(once.publisher("orders").publish(event().build()))
				.expectErrorSatisfies((error) -> assertThat(((ThrottledException) error).error().retryAfter())
					.isEqualTo(Duration.ofSeconds(30)))
				.verify(LIMIT);
		}
	}

	@Test
	@EdgeCase(29)
	void redirectCarriesNoCredentialToAnotherHost() {
		try (StubGrid other = new StubGrid()) {
			Map<String, String> elsewhere = Map.of("Location", other.address() + "/api/events");
			this.stub.answer(307, elsewhere, Mono.just("")).answer(307, elsewhere, Mono.just(""));
			try (EventGridNamespaceClient once = withoutRetry().build()) {
				fails(once.publisher("orders").publish(event().build()), AzureException.class, "307");
			}
			fails(this.basic.cloudEvents().publish(event().build()), AzureException.class, "307");
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	@EdgeCase(31)
	void wrongSchemaIsExplained() {
		this.stub.answer(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"This resource is configured for "
				+ "'EventGridEvent' schema. Received unexpected property 'source' in JSON.\"}}");
		fails(this.basic.cloudEvents().publish(event().build()), InvalidRequestException.class, "eventGridEvents()");
	}

	@Test
	void hasEveryEdgeCaseThatAClientDecides() {
		List<Integer> numbers = new ArrayList<>();
		for (Method method : EdgeCaseTests.class.getDeclaredMethods()) {
			EdgeCase edgeCase = method.getAnnotation(EdgeCase.class);
			if (edgeCase != null) {
				assertThat(method.isAnnotationPresent(Test.class)).as(method.getName()).isTrue();
				numbers.add(edgeCase.value());
			}
		}
		List<Integer> ofTheServiceAlone = List.of(30);
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(1, 31).boxed().filter((number) -> !ofTheServiceAlone.contains(number)).toList());
	}

	/**
	 * Stands in for a tracer: puts its headers where the pipeline takes them from.
	 */
	private static final class Propagating implements ObservationHandler<SenderContext<Map<String, String>>> {

		@Override
		public void onStart(SenderContext<Map<String, String>> context) {
			@Nullable Map<String, String> carrier = context.getCarrier();
			if (carrier != null) {
				context.getSetter().set(carrier, "traceparent", PARENT);
				context.getSetter().set(carrier, "tracestate", "a=1");
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

	}

}
