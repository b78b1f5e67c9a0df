package dev.reactiveazure.emulator.eventgrid;

import java.lang.reflect.Method;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service's side of each edge case of the protocol, by its number.
 */
class EdgeCaseTests {

	private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String BASIC = "/api/events?api-version=2018-01-01";

	/** Tokens of Microsoft's clients for the time 03:04:05, in five forms. */
	private static final List<String> SIGNATURES = Stream.of(
			"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05%2B00%3A00&s=0twsV95pJM7h6TVZ9f%2FLoYMXMq6llpivrjTZWZrNeQw%3D",
			"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05&s=UYuSGUfj9qv8qhuwWlYNE%2FgPa7jNFziOJdBcVMydH%2Fg%3D",
			"%3FapiVersion%3D2018-01-01&e=1%2F2%2F2026%203%3A04%3A05%20AM&s=9XedmgSOdSOKyAlKt05CM3CK4AKfdoV1SJlRtiauLA8%3D",
			"%3Fapi-version%3D2018-01-01&e=1%2F2%2F2026+3%3A4%3A5+AM&s=ZWEVdqHJsezwXhrV9N3RnZ4UgVPHQQ4SzA9jK6WbCLc%3D",
			"&e=2026-01-02T03%3A04%3A05Z&s=6yTtPgucORPQ0pJAYrQLjnvjIm6UZfx8rOlYkzixzVU%3D")
		.map((rest) -> "r=https%3A%2F%2Fmytopic.westus2-1.eventgrid.azure.net%2Fapi%2Fevents" + rest)
		.toList();

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:00:00Z"));

	private Wire wire = wire(EventGridSettings.builder());

	@BeforeEach
	void declare() {
		this.wire.emulator.declareSubscription("orders", "billing");
	}

	@AfterEach
	void close() {
		this.wire.close();
	}

	private Wire wire(EventGridSettings.Builder settings) {
		return new Wire(settings.accessKey(KEY).build(), this.clock);
	}

	private void restart(EventGridSettings.Builder settings) {
		this.wire.close();
		this.wire = wire(settings);
		declare();
	}

	private int publish(String contentType, String body) {
		return this.wire.publish("orders", contentType, body).status();
	}

	private int publishWith(String members) {
		String event = Wire.event("a");
		return publish(Wire.SINGLE, event.substring(0, event.length() - 1) + members + "}");
	}

	private void publishEvents(String... ids) {
		assertThat(publish(Wire.BATCH, Stream.of(ids).map(Wire::event).toList().toString())).isEqualTo(200);
	}

	private Wire.Answer receive() {
		return this.wire.receive("&maxEvents=100");
	}

	private static int deliveryCount(Wire.Answer received) {
		return received.json().at("/value/0/brokerProperties/deliveryCount").asInt();
	}

	private Wire.Answer emptyReceive(String query, int seconds) {
		CompletableFuture<Wire.Answer> poll = this.wire.receiving(query);
		await(() -> this.wire.emulator.openReceives("orders", "billing") == 1);
		this.clock.advance(Duration.ofSeconds(seconds));
		return Wire.join(poll);
	}

	private static String failure(Wire.Answer settled) {
		return settled.json().at("/failedLockTokens/0/error/code").asString();
	}

	private void loseAnswer(Predicate<String> path) {
		this.wire.faults.when("eventgrid").path(path).first(1).dropAfter();
	}

	private Wire.Answer binary(String contentType, byte[] data, String subject) {
		return this.wire.send(this.wire.post("/topics/orders:publish" + Wire.VERSION, "")
			.POST(HttpRequest.BodyPublishers.ofByteArray(data))
			.header("Content-Type", contentType)
			.header("ce-specversion", "1.0")
			.header("ce-id", "b")
			.header("ce-source", "/tests")
			.header("ce-type", "test")
			.header("ce-subject", subject));
	}

	private Wire.Answer publishBasic(String contentType, String body) {
		return this.wire
			.send(this.wire.bare(BASIC, body).header("aeg-sas-key", KEY).header("Content-Type", contentType));
	}

	private int statusWith(String target, String header, String value) {
		return this.wire.send(this.wire.bare(target, "[{}]").header(header, value)).status();
	}

	@Test
	@EdgeCase(1)
	void emptyReceiveIsAnAnswerAfterUpTo120Seconds() {
		Wire.Answer answer = emptyReceive("&maxWaitTime=120", 120);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"value\":[]}");
	}

	@Test
	@EdgeCase(2)
	void receiveAnswersEarlyAndShort() {
		publishEvents("a");
		assertThat(receive().eventIds()).containsExactly("a");
		publishEvents("b", "c");
		assertThat(this.wire.receive("&maxEvents=1").eventIds()).as("more are there").containsExactly("b");
	}

	@Test
	@EdgeCase(3)
	void eventsAreInValueAndNamesInCamelCase() {
		publishEvents("a");
		Wire.Answer received = receive();
		assertThat(received.json().propertyNames()).containsExactly("value");
		assertThat(received.json().at("/value/0/brokerProperties").propertyNames())
			.containsExactlyInAnyOrder("lockToken", "deliveryCount");
		assertThat(this.wire.settle("acknowledge", received.tokens()).json().propertyNames())
			.containsExactly("succeededLockTokens", "failedLockTokens");
	}

	@Test
	@EdgeCase(4)
	void settlementOfWhichEveryTokenFailedIsA200() {
		publishEvents("a");
		List<String> tokens = receive().tokens();
		this.wire.settle("acknowledge", tokens);
		Wire.Answer again = this.wire.settle("acknowledge", tokens);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.json().at("/succeededLockTokens")).isEmpty();
		assertThat(again.json().at("/failedLockTokens")).hasSize(1);
	}

	@Test
	@EdgeCase(5)
	void failedTokenHasAnErrorOfCodeAndMessage() {
		Wire.Answer settled = this.wire.settle("reject", List.of("faketoken"));
		assertThat(settled.json().at("/failedLockTokens/0").propertyNames()).containsExactly("lockToken", "error");
		assertThat(settled.json().at("/failedLockTokens/0/error").propertyNames()).containsExactly("code", "message");
		assertThat(settled.json().at("/failedLockTokens/0/error/message").isString()).isTrue();
	}

	@Test
	@EdgeCase(6)
	void acknowledgeWhoseAnswerGotLostHasHappened() {
		publishEvents("a");
		List<String> tokens = receive().tokens();
		loseAnswer((path) -> path.endsWith(":acknowledge"));
		CompletableFuture<Wire.Answer> lost = this.wire
			.sending(this.wire.post(Wire.subscription("acknowledge"), "{\"lockTokens\":[\"" + tokens.get(0) + "\"]}"));
		await(lost::isCompletedExceptionally);
		assertThat(failure(this.wire.settle("acknowledge", tokens))).isEqualTo("TokenLost");
		assertThat(this.wire.emulator.history("orders", "billing", "a"))
			.hasValueSatisfying((history) -> assertThat(history.count(EventStep.Kind.ACKNOWLEDGED)).isOne());
	}

	@Test
	@EdgeCase(7)
	void lostReceiveStrandsItsEventsAndASecondPublishDuplicatesThem() {
		publishEvents("a");
		loseAnswer((path) -> path.endsWith(":receive"));
		await(this.wire.receiving("")::isCompletedExceptionally);
		assertThat(emptyReceive("&maxWaitTime=10", 10).eventIds()).isEmpty();
		this.clock.advance(Duration.ofSeconds(50));
		assertThat(deliveryCount(receive())).isEqualTo(2);
		publishEvents("b");
		publishEvents("b");
		assertThat(receive().eventIds()).containsExactly("b", "b");
	}

	@Test
	@EdgeCase(8)
	void tokensAreBase64AndComparedByteByByte() {
		publishEvents("a");
		String token = receive().tokens().get(0);
		assertThat(Base64.getDecoder().decode(token)).isNotEmpty();
		assertThat(failure(this.wire.settle("acknowledge", List.of(token.replace("=", "") + "?"))))
			.isEqualTo("BadToken");
		assertThat(this.wire.settle("acknowledge", List.of(token.toLowerCase(Locale.ROOT)))
			.json()
			.at("/succeededLockTokens")).isEmpty();
		assertThat(this.wire.settle("acknowledge", List.of(token)).json().at("/failedLockTokens")).isEmpty();
	}

	@Test
	@EdgeCase(9)
	void renewalKeepsTheTokenAndIsRefusedAfterAnHour() {
		publishEvents("a");
		List<String> tokens = receive().tokens();
		for (int renewal = 0; renewal < 72; renewal++) {
			this.clock.advance(Duration.ofSeconds(50));
			assertThat(this.wire.settle("renewLock", tokens).json().at("/succeededLockTokens/0").asString())
				.isEqualTo(tokens.get(0));
		}
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(failure(this.wire.settle("renewLock", tokens))).isEqualTo("TokenLost");
		assertThat(this.wire.settle("acknowledge", tokens).json().at("/failedLockTokens")).as("is still alive")
			.isEmpty();
	}

	@Test
	@EdgeCase(10)
	void locksOfABatchEndTogether60SecondsAfterItsAnswer() {
		publishEvents("head", "tail");
		List<String> tokens = receive().tokens();
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.wire.settle("acknowledge", tokens.subList(0, 1)).json().at("/failedLockTokens")).isEmpty();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(failure(this.wire.settle("acknowledge", tokens.subList(1, 2)))).isEqualTo("TokenLost");
	}

	@Test
	@EdgeCase(11)
	void onlyFiveReleaseDelaysExistAndTheyAreInTheQuery() {
		for (int delay : new int[] { 0, 10, 60, 600, 3600 }) {
			assertThat(this.wire.settle("release", "&releaseDelayInSeconds=" + delay, List.of()).status())
				.isEqualTo(200);
		}
		publishEvents("a");
		List<String> tokens = receive().tokens();
		assertThat(this.wire.settle("release", "&releaseDelayInSeconds=30", tokens).status()).isEqualTo(400);
		assertThat(this.wire.emulator.openLocks("orders", "billing")).as("is not released all the same").hasSize(1);
	}

	@Test
	@EdgeCase(12)
	void tenReleasesEndInTheDeadLetters() {
		publishEvents("a");
		for (int delivery = 1; delivery <= 10; delivery++) {
			Wire.Answer received = receive();
			assertThat(deliveryCount(received)).isEqualTo(delivery);
			this.wire.settle("release", received.tokens());
		}
		assertThat(this.wire.emulator.deadLetters("orders", "billing")).singleElement()
			.extracting(DeadLetter::reason)
			.isEqualTo(DeadLetter.Reason.MAX_DELIVERY_COUNT_EXCEEDED);
	}

	@Test
	@EdgeCase(13)
	void waitIsTenTo120WholeSeconds() {
		for (String wait : List.of("0", "1", "9", "121", "-20", "10.5", "PT10S", "")) {
			assertThat(this.wire.receive("&maxWaitTime=" + wait).status()).as("maxWaitTime=%s", wait).isEqualTo(400);
		}
		publishEvents("a");
		assertThat(this.wire.receive("&maxWaitTime=10").status()).isEqualTo(200);
	}

	@Test
	@EdgeCase(14)
	void batchIsToldFromSingleBeforeCaseAndCharset() {
		String batch = "[" + Wire.event("a") + "," + Wire.event("b") + "]";
		assertThat(publish("application/cloudevents-batch+json", batch)).isEqualTo(200);
		assertThat(publish("Application/CloudEvents-Batch+JSON; Charset=UTF-8", batch)).isEqualTo(200);
		assertThat(publish("APPLICATION/CLOUDEVENTS+JSON;charset=\"utf-8\"", Wire.event("a"))).isEqualTo(200);
		assertThat(publish(Wire.SINGLE, batch)).as("as the client for .NET does").isEqualTo(200);
		assertThat(publish(Wire.BATCH, Wire.event("a"))).isEqualTo(400);
		assertThat(receive().eventIds()).hasSize(7);
	}

	@Test
	@EdgeCase(15)
	void bytesOfBinaryModeStayThemselves() {
		byte[] data = { (byte) 0xff, 0, (byte) 0xc3, 0x28 };
		assertThat(binary("application/octet-stream", data, "s").status()).isEqualTo(200);
		assertThat(receive().json().at("/value/0/event/data_base64").asString())
			.isEqualTo(Base64.getEncoder().encodeToString(data));
	}

	@Test
	@EdgeCase(16)
	void colonOfAnActionMayBeLiteralAndNamesAreDecodedOnce() {
		publishEvents("a");
		String path = "/topics/%6Frders/eventsubscriptions/bill%69ng:receive" + Wire.VERSION;
		assertThat(this.wire.send(this.wire.post(path, "")).eventIds()).containsExactly("a");
		assertThat(this.wire.send(this.wire.post("/topics/%256Frders:publish" + Wire.VERSION, "")).status())
			.isEqualTo(404);
	}

	@Test
	@EdgeCase(17)
	void stringOfJsonStaysAString() {
		assertThat(publishWith(",\"datacontenttype\":\"application/json\",\"data\":\"{\\\"a\\\":1}\"")).isEqualTo(200);
		assertThat(publishWith(",\"datacontenttype\":\"text/plain\",\"data\":{\"a\":1}")).isEqualTo(200);
		Wire.Answer received = receive();
		assertThat(received.json().at("/value/0/event/data").asString()).isEqualTo("{\"a\":1}");
		assertThat(received.json().at("/value/1/event/data").isObject()).isTrue();
	}

	@Test
	@EdgeCase(18)
	void dataKeepsItsFormNullAndEveryDigit() {
		assertThat(publishWith(",\"data\":1,\"data_base64\":\"AA==\"")).isEqualTo(400);
		String number = "123456789012345678901234567890.10";
		assertThat(publishWith(",\"data_base64\":\"e30=\"")).isEqualTo(200);
		assertThat(publishWith(",\"data\":null")).isEqualTo(200);
		assertThat(publishWith("")).isEqualTo(200);
		assertThat(publishWith(",\"data\":" + number)).isEqualTo(200);
		Wire.Answer received = receive();
		assertThat(received.json().at("/value/0/event").has("datacontenttype")).isFalse();
		assertThat(received.json().at("/value/1/event").has("data")).isTrue();
		assertThat(received.json().at("/value/2/event").has("data")).isFalse();
		assertThat(received.body()).contains("\"data\":" + number);
	}

	@Test
	@EdgeCase(19)
	void timeNeedsSecondsAndTakesAnyFractionAndOffset() {
		assertThat(publishWith(",\"time\":\"2026-01-02T03:04Z\"")).isEqualTo(400);
		for (String time : List.of("2026-01-02T03:04:00Z", "2026-01-02T03:04:05.1Z",
				"2026-01-02T03:04:05.123456789+05:30", "2026-01-02t03:04:05z")) {
			assertThat(publishWith(",\"time\":\"" + time + "\"")).as(time).isEqualTo(200);
		}
	}

	@Test
	@EdgeCase(20)
	void nullIsAbsentAndUnknownMembersAreExtensions() {
		assertThat(publishWith(",\"subject\":null,\"flag\":true,\"count\":5")).isEqualTo(200);
		Wire.Answer received = receive();
		assertThat(received.json().at("/value/0/event/flag").isBoolean()).isTrue();
		assertThat(received.json().at("/value/0/event/count").isInt()).isTrue();
		Wire.Answer refused = this.wire.publish("orders", Wire.BATCH, "[{}]");
		assertThat(refused.json().at("/error").propertyNames()).contains("timestamp_utc", "tracking_id");
	}

	@Test
	@EdgeCase(21)
	void extensionNamesAreLowerCaseAlphanumericsOfAnyLength() {
		assertThat(publishWith(",\"abcdefghijklmnopqrstuvwxyz0123456789\":\"x\"")).isEqualTo(200);
		for (String name : List.of("Upper", "with_underscore", "with-hyphen", "é", "٣", "")) {
			assertThat(publishWith(",\"" + name + "\":\"x\"")).as("'%s'", name).isEqualTo(400);
		}
	}

	@Test
	@EdgeCase(22)
	void headersOfBinaryModeAreDecodedAndTheContentTypeIsTheHttpOne() {
		assertThat(binary("text/plain", "hi".getBytes(StandardCharsets.UTF_8), "caf%C3%A9%20%22%25").status())
			.isEqualTo(200);
		Wire.Answer received = receive();
		assertThat(received.json().at("/value/0/event/subject").asString()).isEqualTo("café \"%");
		assertThat(received.json().at("/value/0/event/datacontenttype").asString()).isEqualTo("text/plain");
		HttpRequest.Builder twice = this.wire.post("/topics/orders:publish" + Wire.VERSION, "hi")
			.header("Content-Type", "text/plain")
			.header("ce-datacontenttype", "text/plain")
			.header("ce-specversion", "1.0")
			.header("ce-id", "b")
			.header("ce-source", "/tests")
			.header("ce-type", "test");
		assertThat(this.wire.send(twice).status()).isEqualTo(400);
	}

	@Test
	@EdgeCase(23)
	void signaturesCoverTheTextAsItWasSentAndAreForBasicOnly() {
		for (String token : SIGNATURES) {
			assertThat(statusWith(BASIC, "aeg-sas-token", token)).as(token).isEqualTo(200);
			assertThat(statusWith(BASIC, "aeg-sas-token", token.replaceFirst("%3A", "%3a"))).as("another text")
				.isEqualTo(401);
			assertThat(statusWith("/topics/orders:publish" + Wire.VERSION, "Authorization",
					"SharedAccessSignature " + token))
				.isEqualTo(401);
		}
		assertThat(statusWith("/topics/orders:publish" + Wire.VERSION, "aeg-sas-key", KEY)).isEqualTo(401);
		assertThat(statusWith(BASIC, "Authorization", "SharedAccessKey " + KEY)).isEqualTo(401);
	}

	@Test
	@EdgeCase(24)
	void urlsOfTheOtherTierAndDoubledSlashesAreNotFound() {
		HttpRequest.Builder doubled = this.wire.post("//topics/orders:publish" + Wire.VERSION, Wire.event("a"));
		assertThat(this.wire.send(doubled).status()).isEqualTo(404);
		HttpRequest.Builder below = this.wire.post("/api/events/topics/orders:publish" + Wire.VERSION, Wire.event("a"));
		assertThat(this.wire.send(below).status()).isIn(401, 404);
		assertThat(publish(Wire.SINGLE, Wire.event("a"))).isEqualTo(200);
	}

	@Test
	@EdgeCase(26)
	void sizeMayBeA403() {
		restart(EventGridSettings.builder().maxBodyBytes(1000).tooLargeStatus(403));
		Wire.Answer answer = this.wire.publish("orders", Wire.SINGLE, Wire.event("a".repeat(1000)));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.errorMessage()).contains("1000");
	}

	@Test
	@EdgeCase(27)
	void sizeIsA413InTheBasicTier() {
		restart(EventGridSettings.builder().maxBodyBytes(1000));
		assertThat(publishBasic(Wire.SINGLE, Wire.event("a".repeat(1000))).status()).isEqualTo(413);
	}

	@Test
	@EdgeCase(30)
	void missingKeyMatchesSomeNegationsOnly() {
		subscribe("notin", "STRING_NOT_IN", "x");
		subscribe("number", "NUMBER_NOT_IN", 1);
		subscribe("contains", "STRING_NOT_CONTAINS", "x");
		subscribe("begins", "STRING_NOT_BEGINS_WITH", "x");
		publishEvents("a");
		assertThat(this.wire.emulator.pendingCount("orders", "notin")).isOne();
		assertThat(this.wire.emulator.pendingCount("orders", "number")).isOne();
		assertThat(this.wire.emulator.pendingCount("orders", "contains")).isZero();
		assertThat(this.wire.emulator.pendingCount("orders", "begins")).isZero();
	}

	private void subscribe(String name, String operator, Object value) {
		this.wire.emulator.declareSubscription("orders", name,
				EventFilters.allOf(EventFilter.of("missing", FilterOperator.valueOf(operator), value)));
	}

	@Test
	@EdgeCase(31)
	void topicDecidesTheSchemaAndNotTheContentType() {
		restart(EventGridSettings.builder().basicSchema(BasicSchema.EVENT_GRID));
		Wire.Answer answer = publishBasic("application/json", "[" + Wire.event("a") + "]");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errorMessage()).startsWith("This resource is configured for 'EventGridEvent' schema.");
	}

	@Test
	void hasEveryEdgeCaseThatAServiceDecides() {
		List<Integer> numbers = new ArrayList<>();
		for (Method method : EdgeCaseTests.class.getDeclaredMethods()) {
			EdgeCase edgeCase = method.getAnnotation(EdgeCase.class);
			if (edgeCase != null) {
				assertThat(method.isAnnotationPresent(Test.class)).as(method.getName()).isTrue();
				numbers.add(edgeCase.value());
			}
		}
		List<Integer> ofTheClientAlone = List.of(25, 28, 29);
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(1, 31).boxed().filter((number) -> !ofTheClientAlone.contains(number)).toList());
	}

	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("condition within 20 seconds").isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

}
