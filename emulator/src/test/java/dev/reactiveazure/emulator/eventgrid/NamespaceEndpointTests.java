package dev.reactiveazure.emulator.eventgrid;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the namespace's data plane over real HTTP.
 */
class NamespaceEndpointTests {

	private static final String TOPIC = "orders";

	private static final String SUBSCRIPTION = "billing";

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));

	private Wire wire = new Wire(EventGridSettings.defaults(), this.clock);

	@BeforeEach
	void declare() {
		this.wire.emulator.declareSubscription(TOPIC, SUBSCRIPTION);
	}

	@AfterEach
	void close() {
		this.wire.close();
	}

	private void restart(EventGridSettings settings) {
		this.wire.close();
		this.wire = new Wire(settings, this.clock);
	}

	private Wire.Answer publish(String contentType, String body) {
		return this.wire.publish(TOPIC, contentType, body);
	}

	private void publishEvents(String... ids) {
		List<String> events = new ArrayList<>();
		for (String id : ids) {
			events.add(Wire.event(id));
		}
		assertThat(publish(Wire.BATCH, events.toString()).status()).isEqualTo(200);
	}

	private JsonNode received() {
		return this.wire.receive("&maxEvents=1").json().at("/value/0/event");
	}

	@Nested
	class Access {

		@Test
		void needsTheKey() {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.bare(Wire.subscription("receive"), ""));

			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.errorCode()).isEqualTo("Unauthorized");
		}

		@ParameterizedTest
		@ValueSource(strings = { "SharedAccessKey wrong", "SharedAccessKey", "Bearer x", "SharedAccessSignature r=1",
				"sharedaccesskey" })
		void refusesOtherCredentialsWithoutRepeatingThem(String authorization) {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.bare(Wire.subscription("receive"), "")
				.header("Authorization", authorization));

			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.body()).doesNotContain("wrong").doesNotContain("r=1");
		}

		@Test
		void explainsThatTheBasicHeaderIsTheWrongOne() {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.bare(Wire.subscription("receive"), "")
				.header("aeg-sas-key", EventGridSettings.DEFAULT_KEY));

			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.errorMessage()).contains("aeg-sas-key").contains("SharedAccessKey");
		}

		@Test
		void takesAnyBearerTokenWhenToldTo() {
			restart(EventGridSettings.builder().acceptBearerTokens(true).build());
			NamespaceEndpointTests.this.wire.emulator.declareTopic(TOPIC);
			Wire.Answer answer = send(
					NamespaceEndpointTests.this.wire.bare("/topics/orders:publish" + Wire.VERSION, Wire.event("a"))
						.header("Authorization", "Bearer abc")
						.header("Content-Type", Wire.SINGLE));

			assertThat(answer.status()).isEqualTo(200);
		}

	}

	@Nested
	class Requests {

		@Test
		void needAnApiVersion() {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.post("/topics/orders:publish", Wire.event("a")));

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).contains("api-version");
		}

		@Test
		void needAKnownApiVersion() {
			Wire.Answer answer = send(
					NamespaceEndpointTests.this.wire.post("/topics/orders:publish?api-version=2018-01-01", ""));

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).contains("2018-01-01");
		}

		@Test
		void mayWriteParameterNamesInAnyCase() {
			publishEvents("a");
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire
				.post("/topics/orders/eventsubscriptions/billing:receive?Api-Version=2024-06-01&MAXEVENTS=5", ""));

			assertThat(answer.eventIds()).containsExactly("a");
		}

		@Test
		void mayWriteTopicAndSubscriptionInAnyCase() {
			publishEvents("a");
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire
				.post("/topics/ORDERS/eventsubscriptions/Billing:receive" + Wire.VERSION, ""));

			assertThat(answer.eventIds()).containsExactly("a");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/topics/orders", "/topics/orders:receive", "//topics/orders:publish",
				"/topics/orders/eventsubscriptions/billing:publish", "/topics/orders/eventsubscriptions/billing:renew",
				"/topics/orders/eventSubscriptions/billing:receive", "/topics/:publish" })
		void toUnknownPathsAreNotFound(String path) {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.post(path + Wire.VERSION, ""));

			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.errorCode()).isEqualTo("NotFound");
		}

		@Test
		void mustBePosts() {
			HttpRequest.Builder get = NamespaceEndpointTests.this.wire.post(Wire.subscription("receive"), "").GET();

			assertThat(send(get).status()).isEqualTo(405);
		}

		@Test
		void ofAnUnknownTopicAreNotFoundBeforeTheEventIsChecked() {
			Wire.Answer answer = NamespaceEndpointTests.this.wire.publish("nowhere", Wire.SINGLE, "{\"source\":null}");

			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.errorMessage()).contains("nowhere");
		}

		@ParameterizedTest
		@ValueSource(strings = { "receive", "acknowledge", "release", "reject", "renewLock" })
		void ofAnUnknownSubscriptionAreNotFound(String operation) {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire
				.post("/topics/orders/eventsubscriptions/nobody:" + operation + Wire.VERSION, ""));

			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.errorMessage()).contains("nobody");
		}

		@Test
		void createTopicsAndSubscriptionsWhenToldTo() {
			restart(EventGridSettings.builder().createOnFirstUse(true).build());

			assertThat(publish(Wire.SINGLE, Wire.event("early")).status()).isEqualTo(200);
			CompletableFuture<Wire.Answer> poll = NamespaceEndpointTests.this.wire.receiving("");
			awaitOpenReceives();
			assertThat(publish(Wire.SINGLE, Wire.event("late")).status()).isEqualTo(200);
			assertThat(Wire.join(poll).eventIds()).containsExactly("late");
			assertThat(NamespaceEndpointTests.this.wire.publish("x", Wire.SINGLE, Wire.event("a")).status())
				.isEqualTo(400);
		}

		@Test
		void beyondTheSizeLimitAreRefusedWithTheConfiguredStatus() {
			String large = Wire.event("a".repeat(2000));
			restart(EventGridSettings.builder().maxBodyBytes(1000).build());
			NamespaceEndpointTests.this.wire.emulator.declareTopic(TOPIC);
			assertThat(publish(Wire.SINGLE, large).status()).isEqualTo(413);

			restart(EventGridSettings.builder().maxBodyBytes(1000).tooLargeStatus(403).build());
			NamespaceEndpointTests.this.wire.emulator.declareTopic(TOPIC);
			Wire.Answer answer = publish(Wire.SINGLE, large);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.errorMessage()).contains("1000");
		}

		@Test
		void thatFailTellCodeMessageTimeAndTracking() {
			Wire.Answer answer = publish(Wire.BATCH, "[{}]");

			assertThat(answer.response().headers().firstValue("x-ms-error-code")).contains("BadRequest");
			assertThat(answer.json().at("/error/timestamp_utc").asString()).isEqualTo("2026-01-02T03:04:05Z");
			assertThat(answer.json().at("/error/tracking_id").asString()).isNotEmpty();
			assertThat(answer.errorMessage()).isEqualTo("`id` must be non-empty string");
		}

	}

	@Nested
	class Publishing {

		@Test
		void answersAnEmptyObject() {
			Wire.Answer answer = publish(Wire.SINGLE, Wire.event("a"));

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("{}");
		}

		@Test
		void givesEachSubscriptionItsOwnCopy() {
			NamespaceEndpointTests.this.wire.emulator.declareSubscription(TOPIC, "audit");
			publishEvents("a", "b");

			assertThat(NamespaceEndpointTests.this.wire.emulator.pendingCount(TOPIC, SUBSCRIPTION)).isEqualTo(2);
			assertThat(NamespaceEndpointTests.this.wire.emulator.pendingCount(TOPIC, "audit")).isEqualTo(2);
			assertThat(NamespaceEndpointTests.this.wire.emulator.published(TOPIC))
				.isEqualTo(new OperationCount(1, 2, 0));
		}

		@Test
		void takesAnArrayUnderTheSingleType() {
			assertThat(publish(Wire.SINGLE, "[" + Wire.event("a") + "]").status()).isEqualTo(200);
		}

		@Test
		void refusesAnObjectUnderTheBatchType() {
			assertThat(publish(Wire.BATCH, Wire.event("a")).status()).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "application/cloudevents-batch+json", "Application/CloudEvents-Batch+JSON;charset=UTF-8",
						"application/cloudevents-batch+json ;  Charset=\"utf-8\"" })
		void ignoresCaseAndParametersOfTheContentType(String contentType) {
			assertThat(publish(contentType, "[" + Wire.event("a") + "]").status()).isEqualTo(200);
		}

		@Test
		void takesAnEmptyBatch() {
			assertThat(publish(Wire.BATCH, "[]").status()).isEqualTo(200);
		}

		@Test
		void refusesMoreThanAThousandEvents() {
			String events = "[" + (Wire.event("a") + ",").repeat(1000) + Wire.event("a") + "]";

			assertThat(publish(Wire.BATCH, events).status()).isEqualTo(400);
		}

		@Test
		void refusesAnUnknownContentType() {
			Wire.Answer answer = publish("application/json", Wire.event("a"));

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).contains("application/json");
		}

		@Test
		void acceptsAllOrNothing() {
			assertThat(publish(Wire.BATCH, "[" + Wire.event("a") + ",{}]").status()).isEqualTo(400);
			assertThat(NamespaceEndpointTests.this.wire.emulator.pendingCount(TOPIC, SUBSCRIPTION)).isZero();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "{", "[1]", "1", "\"x\"", "null", "{} {}", "{\"id\":\"a\",}", "\u0000{\u0000}" })
		void refusesWhatIsNotJsonOfTheRightShape(String body) {
			Wire.Answer answer = publish(Wire.SINGLE, body);

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorCode()).isEqualTo("BadRequest");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				textBlock = """
						"id":""                              | `id` must be non-empty string
						"id":null                            | `id` must be non-empty string
						"id":7                               | `id` must be non-empty string
						"source":null                        | `source` must be non-empty string
						"source":""                          | `source` must be non-empty string
						"type":{}                            | `type` must be non-empty string
						"specversion":"0.3"                  | `specversion` must be `1.0`
						"specversion":null                   | `specversion` must be `1.0`
						"time":"2026-01-02T03:04Z"           | `time` must be an RFC 3339 timestamp
						"time":"2026-02-30T03:04:05Z"        | `time` must be an RFC 3339 timestamp
						"time":"2026-01-02T03:04:05+0000"    | `time` must be an RFC 3339 timestamp
						"time":5                             | `time` must be an RFC 3339 timestamp
						"subject":""                         | `subject` must be non-empty string
						"datacontenttype":1                  | `datacontenttype` must be non-empty string
						"dataschema":"relative"              | `dataschema` must be an absolute URI
						"data_base64":"&&"                   | `data_base64` must be Base64 text
						"data_base64":5                      | `data_base64` must be Base64 text
						"data":1,"data_base64":"AA=="        | `data` and `data_base64` must not both be present
						"Upper":"x"                          | `Upper` is not a valid attribute name: only a-z and 0-9 are allowed
						"with_underscore":"x"                | `with_underscore` is not a valid attribute name: only a-z and 0-9 are allowed
						"nested":{"a":1}                     | `nested` must be a string, a boolean or a 32 bit integer
						"floating":1.5                       | `floating` must be a string, a boolean or a 32 bit integer
						"toolarge":2147483648                | `toolarge` must be a string, a boolean or a 32 bit integer
						""")
		void refusesAnEventWhoseAttributesAreWrong(String member, String message) {
			String event = Wire.event("a");
			Wire.Answer answer = publish(Wire.SINGLE, event.substring(0, event.length() - 1) + "," + member + "}");

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).isEqualTo(message);
		}

		@ParameterizedTest
		@ValueSource(strings = { "\"time\":\"2026-01-02t03:04:05.123456789z\"",
				"\"time\":\"2026-01-02T03:04:05+01:30\"", "\"time\":null,\"subject\":null",
				"\"dataschema\":\"https://dataschema\"", "\"source\":\"plain words\"", "\"data\":null",
				"\"data\":{\"a\":[1,{}]}", "\"data_base64\":\"AA==\"",
				"\"n1\":1,\"b\":true,\"anextensionwhosenameislongerthantwenty\":\"x\"" })
		void takesWhatTheSpecificationAllows(String member) {
			String event = Wire.event("a");

			assertThat(publish(Wire.SINGLE, event.substring(0, event.length() - 1) + "," + member + "}").status())
				.isEqualTo(200);
		}

		@Test
		void isLenientWhenValidationIsNotStrict() {
			restart(EventGridSettings.builder().strictValidation(false).build());
			NamespaceEndpointTests.this.wire.emulator.declareTopic("o");

			assertThat(NamespaceEndpointTests.this.wire
				.publish("o", Wire.SINGLE, "{\"id\":\"a\",\"source\":\"s\",\"type\":\"t\",\"X\":{},\"time\":\"now\"}")
				.status()).isEqualTo(200);
			assertThat(NamespaceEndpointTests.this.wire.publish("o", Wire.SINGLE, "{\"id\":\"a\"}").status())
				.isEqualTo(400);
		}

		@Test
		void keepsEveryByteOfAnEvent() {
			String event = "{ \"specversion\":\"1.0\", \"id\":\"é😀\",\"source\":\"s\",\"type\":\"t\",\n"
					+ "\"n\":1,\"b\":true,\"data\":{\"big\":123456789012345678901234567890.10,\"text\":\"{\\\"a\\\":1}\"} }";
			publish(Wire.BATCH, " [ " + Wire.event("first") + " , " + event + "]");

			assertThat(NamespaceEndpointTests.this.wire.receive("&maxEvents=2").body()).contains(event);
		}

	}

	@Nested
	class BinaryMode {

		@Test
		void turnsHeadersAndJsonDataIntoOneEvent() {
			binary("application/vnd.order+json; charset=utf-8", "{\"a\":1.10}", "ce-myext", "5");
			Wire.Answer answer = NamespaceEndpointTests.this.wire.receive("");
			JsonNode event = answer.json().at("/value/0/event");

			assertThat(answer.body()).contains("\"data\":{\"a\":1.10}");
			assertThat(event.get("id").asString()).isEqualTo("b1");
			assertThat(event.get("datacontenttype").asString()).isEqualTo("application/vnd.order+json; charset=utf-8");
			assertThat(event.get("myext").isString()).isTrue();
		}

		@Test
		void turnsOtherDataIntoBase64() {
			binary("text/plain", "hi", "ce-myext", "x");

			assertThat(received().get("data_base64").asString()).isEqualTo("aGk=");
		}

		@Test
		void decodesHeadersExactlyOnce() {
			binary("text/plain", "hi", "CE-Subject", "caf%c3%a9%20%22%2541%22");

			assertThat(received().get("subject").asString()).isEqualTo("café \"%41\"");
		}

		@Test
		void undoesQuotes() {
			binary("text/plain", "hi", "ce-subject", "\"a \\\"b\\\"\"");

			assertThat(received().get("subject").asString()).isEqualTo("a \"b\"");
		}

		@ParameterizedTest
		@CsvSource({ "ce-subject,%C0%A0", "ce-datacontenttype,text/plain", "ce-with_underscore,x", "ce-time,now" })
		void refusesHeadersThatMakeNoEvent(String name, String value) {
			assertThat(binary("text/plain", "hi", name, value).status()).isEqualTo(400);
		}

		@Test
		void refusesJsonDataThatIsNone() {
			assertThat(binary("application/json", "{", "ce-myext", "x").status()).isEqualTo(400);
		}

		private Wire.Answer binary(String contentType, String data, String header, String value) {
			return send(NamespaceEndpointTests.this.wire.post("/topics/orders:publish" + Wire.VERSION, data)
				.header("Content-Type", contentType)
				.header("ce-specversion", "1.0")
				.header("ce-id", "b1")
				.header("ce-source", "/tests")
				.header("ce-type", "test")
				.header(header, value));
		}

	}

	@Nested
	class Receiving {

		@Test
		void givesOneEventByDefault() {
			publishEvents("a", "b");
			Wire.Answer answer = NamespaceEndpointTests.this.wire.receive("");

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.eventIds()).containsExactly("a");
			assertThat(answer.json().at("/value/0/brokerProperties/deliveryCount").asInt()).isEqualTo(1);
			assertThat(answer.tokens()).singleElement().asString().matches("[A-Za-z0-9+/]+=*");
		}

		@Test
		void answersAtOnceWithLessThanAskedFor() {
			publishEvents("a", "b");

			assertThat(NamespaceEndpointTests.this.wire.receive("&maxEvents=100&maxWaitTime=120").eventIds())
				.containsExactly("a", "b");
		}

		@ParameterizedTest
		@ValueSource(strings = { "maxEvents=0", "maxEvents=101", "maxEvents=-20", "maxEvents=1.5", "maxEvents=",
				"maxWaitTime=9", "maxWaitTime=121", "maxWaitTime=-20", "maxWaitTime=PT10S", "maxWaitTime=0" })
		void refusesNumbersOutOfRange(String parameter) {
			Wire.Answer answer = NamespaceEndpointTests.this.wire.receive("&" + parameter);

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).contains(parameter.substring(0, parameter.indexOf('=')));
		}

		@ParameterizedTest
		@CsvSource({ "'',60", "&maxWaitTime=10,10", "&maxWaitTime=120,120" })
		void answersAnEmptyListAtTheEndOfTheWait(String query, int seconds) {
			CompletableFuture<Wire.Answer> poll = NamespaceEndpointTests.this.wire.receiving(query);
			awaitOpenReceives();
			NamespaceEndpointTests.this.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
			assertThat(NamespaceEndpointTests.this.wire.emulator.openReceives(TOPIC, SUBSCRIPTION)).isOne();
			NamespaceEndpointTests.this.clock.advance(Duration.ofMillis(1));

			assertThat(Wire.join(poll).status()).isEqualTo(200);
			assertThat(poll.join().body()).isEqualTo("{\"value\":[]}");
		}

		@Test
		void wakesUpWhenAnEventArrives() {
			CompletableFuture<Wire.Answer> poll = NamespaceEndpointTests.this.wire.receiving("&maxEvents=10");
			awaitOpenReceives();
			publishEvents("a");

			assertThat(Wire.join(poll).eventIds()).containsExactly("a");
		}

		@Test
		void isNoExchangeInProgressWhileItWaits() {
			CompletableFuture<Wire.Answer> poll = NamespaceEndpointTests.this.wire.receiving("");
			awaitOpenReceives();
			await(() -> NamespaceEndpointTests.this.wire.server.exchangesInProgress() == 0);
			publishEvents("a");
			Wire.join(poll);

			await(() -> NamespaceEndpointTests.this.wire.server.exchangesInProgress() == 0);
		}

		@Test
		void givesNothingToAClientThatHungUp() {
			Disposable client = hangingClient();
			awaitOpenReceives();
			client.dispose();
			await(() -> NamespaceEndpointTests.this.wire.emulator.openReceives(TOPIC, SUBSCRIPTION) == 0);
			publishEvents("a");

			assertThat(NamespaceEndpointTests.this.wire.emulator.openLocks(TOPIC, SUBSCRIPTION)).isEmpty();
			assertThat(NamespaceEndpointTests.this.wire.emulator.answersNeverRead(TOPIC, SUBSCRIPTION)).isEmpty();
			assertThat(NamespaceEndpointTests.this.wire.receive("").eventIds()).containsExactly("a");
		}

		@Test
		void keepsTheLocksOfAnAnswerThatWasNeverReadAndBooksThem() {
			publishEvents("a", "b");
			NamespaceEndpointTests.this.wire.faults.when("eventgrid")
				.path((path) -> path.endsWith(":receive"))
				.first(1)
				.dropAfter();
			CompletableFuture<Wire.Answer> lost = NamespaceEndpointTests.this.wire.receiving("&maxEvents=10");
			await(lost::isCompletedExceptionally);

			List<OpenLock> locks = NamespaceEndpointTests.this.wire.emulator.openLocks(TOPIC, SUBSCRIPTION);
			await(() -> !NamespaceEndpointTests.this.wire.emulator.answersNeverRead(TOPIC, SUBSCRIPTION).isEmpty());
			assertThat(NamespaceEndpointTests.this.wire.emulator.answersNeverRead(TOPIC, SUBSCRIPTION)).singleElement()
				.satisfies((answer) -> {
					assertThat(answer.eventIds()).containsExactly("a", "b");
					assertThat(answer.lockTokens())
						.containsExactlyElementsOf(locks.stream().map(OpenLock::lockToken).toList());
				});
			NamespaceEndpointTests.this.clock.advance(Duration.ofSeconds(60));
			assertThat(NamespaceEndpointTests.this.wire.receive("")
				.json()
				.at("/value/0/brokerProperties/deliveryCount")
				.asInt()).isEqualTo(2);
		}

		@Test
		void booksAnAnswerThatReachedTheClientsMachineButNotTheClient() throws IOException {
			publishEvents("a");
			URI endpoint = URI.create(NamespaceEndpointTests.this.wire.server.endpoint());
			try (Socket client = new Socket(endpoint.getHost(), endpoint.getPort())) {
				client.getOutputStream()
					.write(("POST " + Wire.subscription("receive") + " HTTP/1.1\r\nHost: localhost\r\n"
							+ "Authorization: SharedAccessKey " + EventGridSettings.DEFAULT_KEY
							+ "\r\nContent-Length: 0\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				// One byte shows that the answer is there; the rest stays unread.
				assertThat(client.getInputStream().read()).isEqualTo('H');
				// Otherwise this kind of socket says goodbye first.
				client.setSoLinger(true, 0);
			}

			await(() -> !NamespaceEndpointTests.this.wire.emulator.answersNeverRead(TOPIC, SUBSCRIPTION).isEmpty());
			assertThat(NamespaceEndpointTests.this.wire.emulator.answersNeverRead(TOPIC, SUBSCRIPTION)).singleElement()
				.satisfies((answer) -> assertThat(answer.eventIds()).containsExactly("a"));
		}

		@Test
		void takesBackAnAnswerThatWasNeverReadWhenToldTo() {
			restart(EventGridSettings.builder().unlockUnreadAnswers(true).build());
			declare();
			publishEvents("a");
			NamespaceEndpointTests.this.wire.faults.when("eventgrid")
				.path((path) -> path.endsWith(":receive"))
				.first(1)
				.dropAfter();
			CompletableFuture<Wire.Answer> lost = NamespaceEndpointTests.this.wire.receiving("");
			await(lost::isCompletedExceptionally);

			assertThat(NamespaceEndpointTests.this.wire.receive("")
				.json()
				.at("/value/0/brokerProperties/deliveryCount")
				.asInt()).isEqualTo(1);
		}

		private Disposable hangingClient() {
			return HttpClient.create()
				.baseUrl(NamespaceEndpointTests.this.wire.server.endpoint())
				.headers((headers) -> headers.set("Authorization", "SharedAccessKey " + EventGridSettings.DEFAULT_KEY))
				.post()
				.uri(Wire.subscription("receive"))
				.response()
				.subscribe();
		}

	}

	@Nested
	class Settling {

		@Test
		void acknowledgesAndThenCallsTheTokenLost() {
			publishEvents("a");
			List<String> tokens = NamespaceEndpointTests.this.wire.receive("").tokens();
			Wire.Answer answer = NamespaceEndpointTests.this.wire.settle("acknowledge", tokens);

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body())
				.isEqualTo("{\"succeededLockTokens\":[\"" + tokens.get(0) + "\"],\"failedLockTokens\":[]}");
			for (String operation : List.of("acknowledge", "release", "reject", "renewLock")) {
				Wire.Answer again = NamespaceEndpointTests.this.wire.settle(operation, tokens);
				assertThat(again.status()).isEqualTo(200);
				assertThat(again.body())
					.isEqualTo("{\"succeededLockTokens\":[],\"failedLockTokens\":[{\"lockToken\":\"" + tokens.get(0)
							+ "\",\"error\":{\"code\":\"TokenLost\",\"message\":\"Token has expired.\"}}]}");
			}
		}

		@Test
		void echoesAGarbageTokenAsBad() {
			Wire.Answer answer = NamespaceEndpointTests.this.wire.settle("acknowledge", List.of("faketoken"));

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json().at("/failedLockTokens/0/lockToken").asString()).isEqualTo("faketoken");
			assertThat(answer.json().at("/failedLockTokens/0/error/code").asString()).isEqualTo("BadToken");
		}

		@Test
		void answersEmptyListsToAnEmptyList() {
			assertThat(NamespaceEndpointTests.this.wire.settle("acknowledge", List.of()).body())
				.isEqualTo("{\"succeededLockTokens\":[],\"failedLockTokens\":[]}");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "{}", "[]", "{\"lockTokens\":\"a\"}", "{\"lockTokens\":[null]}",
				"{\"lockTokens\":null}", "{\"lockTokens\":[1]}", "{\"lockTokens\":[]", "{\"lockTokens\":[]}]" })
		void refusesABodyWithoutAListOfTokens(String body) {
			Wire.Answer answer = send(NamespaceEndpointTests.this.wire.post(Wire.subscription("acknowledge"), body));

			assertThat(answer.status()).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "30", "-1", "", "10.0", "PT10S" })
		void refusesAnyOtherReleaseDelay(String delay) {
			Wire.Answer answer = NamespaceEndpointTests.this.wire.settle("release", "&releaseDelayInSeconds=" + delay,
					List.of());

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).contains("releaseDelayInSeconds");
		}

		@Test
		void releasesAtOnceByDefaultAndLaterOnDemand() {
			publishEvents("a");
			NamespaceEndpointTests.this.wire.settle("release", NamespaceEndpointTests.this.wire.receive("").tokens());
			Wire.Answer second = NamespaceEndpointTests.this.wire.receive("");
			assertThat(second.json().at("/value/0/brokerProperties/deliveryCount").asInt()).isEqualTo(2);

			NamespaceEndpointTests.this.wire.settle("release", "&releaseDelayInSeconds=10", second.tokens());
			CompletableFuture<Wire.Answer> poll = NamespaceEndpointTests.this.wire.receiving("");
			awaitOpenReceives();
			NamespaceEndpointTests.this.clock.advance(Duration.ofSeconds(10));
			assertThat(Wire.join(poll).eventIds()).containsExactly("a");
		}

		@Test
		void deadLettersWhatIsRejected() {
			publishEvents("a");
			NamespaceEndpointTests.this.wire.settle("reject", NamespaceEndpointTests.this.wire.receive("").tokens());

			assertThat(NamespaceEndpointTests.this.wire.emulator.deadLetters(TOPIC, SUBSCRIPTION)).singleElement()
				.satisfies((letter) -> {
					assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.REJECTED);
					assertThat(letter.event()).isEqualTo(Wire.event("a"));
				});
		}

		@Test
		void renewsALockUnderTheSameToken() {
			publishEvents("a");
			List<String> tokens = NamespaceEndpointTests.this.wire.receive("").tokens();
			NamespaceEndpointTests.this.clock.advance(Duration.ofSeconds(50));
			assertThat(NamespaceEndpointTests.this.wire.settle("renewLock", tokens)
				.json()
				.at("/succeededLockTokens/0")
				.asString()).isEqualTo(tokens.get(0));
			NamespaceEndpointTests.this.clock.advance(Duration.ofSeconds(50));

			assertThat(NamespaceEndpointTests.this.wire.settle("acknowledge", tokens).json().at("/failedLockTokens"))
				.isEmpty();
			assertThat(
					NamespaceEndpointTests.this.wire.emulator.count(TOPIC, SUBSCRIPTION, EventGridOperation.RENEW_LOCK)
						.requests())
				.isOne();
		}

	}

	private Wire.Answer send(HttpRequest.Builder request) {
		return this.wire.send(request);
	}

	private void awaitOpenReceives() {
		await(() -> {
			try {
				return this.wire.emulator.openReceives(TOPIC, SUBSCRIPTION) == 1;
			}
			catch (IllegalArgumentException ex) {
				return false;
			}
		});
	}

	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("condition within 20 seconds").isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

}
