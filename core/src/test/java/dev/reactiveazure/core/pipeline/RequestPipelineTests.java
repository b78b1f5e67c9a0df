package dev.reactiveazure.core.pipeline;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.AzureResponse;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RequestPipeline} over real HTTP.
 */
class RequestPipelineTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Operation SAFE = new Operation("get", "get entity", HttpMethod.GET, RetrySafety.ALWAYS);

	private static final Operation UNSAFE = new Operation("receive", "receive events", HttpMethod.POST,
			RetrySafety.NOT_APPLIED);

	private static final ObservationConvention<AzureOperationContext> CONVENTION = new ObservationConvention<>() {

		@Override
		public String getName() {
			return "azure.test";
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	};

	private final StubService service = new StubService();

	private final HttpPool pool = HttpPool.create("test", PoolOptions.defaults().withMaxConnections(1));

	private final ClientOptions options = ClientOptions.defaults()
		.withResponseTimeout(PATIENCE)
		.withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1)));

	private static final LeakWatch LEAKS = new LeakWatch();

	@BeforeAll
	static void watchBuffers() {
		LEAKS.start();
	}

	@AfterAll
	static void leaksNoBuffer() {
		assertThat(LEAKS.stop()).isEmpty();
	}

	@AfterEach
	void close() {
		this.pool.dispose();
		this.service.close();
	}

	@Test
	void sendsTheHeadersTheBodyAndTheSignature() {
		this.service.answers(200, "ok");
		StepVerifier.create(pipeline().execute(post("{\"a\":1}"))).expectNext("ok").expectComplete().verify(PATIENCE);
		StubService.Received request = this.service.received().get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.target()).isEqualTo("/things?x=1");
		assertThat(request.body()).isEqualTo("{\"a\":1}");
		assertThat(request.headers().getAll("Content-Type")).containsExactly("application/json");
		assertThat(request.headers().getAll("Content-Length")).containsExactly("7");
		assertThat(request.headers().getAll("X-Own")).containsExactly("own");
		assertThat(request.headers().getAll("User-Agent")).containsExactly("reactiveazure/0.1");
		assertThat(request.headers().getAll("Authorization"))
			.containsExactly("POST /things?x=1 application/json signed");
		assertThat(request.headers().get("x-ms-client-request-id")).hasSize(36);
	}

	@Test
	void sendsTheSameThroughAnyOtherConnector() {
		this.service.answers(200, "ok");
		RequestPipeline pipeline = pipeline(settings().withConnector(
				new JdkClientHttpConnector(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build())));
		StepVerifier.create(pipeline.execute(post("{\"a\":1}"))).expectNext("ok").expectComplete().verify(PATIENCE);
		StubService.Received request = this.service.received().get(0);
		assertThat(request.body()).isEqualTo("{\"a\":1}");
		assertThat(request.headers().getAll("Authorization"))
			.containsExactly("POST /things?x=1 application/json signed");
		assertThat(request.headers().getAll("Content-Type")).containsExactly("application/json");
	}

	@Test
	void completesEmptyWhereTheReaderFindsNothing() {
		this.service.answers(204, "");
		AzureRequest<Void> request = new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
		}, null, AnswerReader.nothing());
		StepVerifier.create(pipeline().execute(request)).expectComplete().verify(PATIENCE);
	}

	@Test
	void usesTheOneConnectionAgainAfterAnswersWithoutContent() {
		this.service.answers(204, "", "ETag", "v1");
		RequestPipeline pipeline = pipeline();
		AzureRequest<String> request = new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
		}, null, (answer) -> answer.header("ETag"));
		StepVerifier.create(Flux.range(0, 500).flatMap((i) -> pipeline.execute(request), 10))
			.expectNextCount(500)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.service.connections()).isEqualTo(1);
	}

	@Test
	void letsACallEndWhoseClientAndPoolAreClosedMeanwhile() {
		Sinks.Empty<Void> release = Sinks.empty();
		this.service.answers((request, response) -> response.sendString(release.asMono().thenReturn("late")));
		RequestPipeline pipeline = pipeline();
		StepVerifier.create(pipeline.execute(get())).then(() -> {
			awaitRequests(1);
			pipeline.close();
			this.pool.dispose();
			this.pool.dispose();
			release.tryEmitEmpty();
		}).expectNext("late").expectComplete().verify(PATIENCE);
		StepVerifier.create(pipeline.execute(get())).expectError(NotSentException.class).verify(PATIENCE);
	}

	@Test
	void readsAnAnswerOfManyChunks() {
		String body = "0123456789".repeat(50_000);
		this.service.answers((request, response) -> response
			.sendString(Flux.range(0, 50).map((i) -> body.substring(i * 10_000, (i + 1) * 10_000))));
		StepVerifier.create(pipeline().execute(get())).expectNext(body).expectComplete().verify(PATIENCE);
	}

	@Test
	void refusesAnAnswerThatIsTooLarge() {
		this.service.answers(200, "x".repeat(5_000));
		StepVerifier
			.create(pipeline(this.options.withMaxResponseSize(1_000).withRetry(RetryOptions.none())).execute(get()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("maxResponseSize of 1000 bytes"))
			.verify(PATIENCE);
	}

	@Test
	void readsAnAnswerThatIsTooLargeOnlyOnce() {
		this.service.answers(200, "x".repeat(5_000));
		StepVerifier.create(pipeline(this.options.withMaxResponseSize(1_000)).execute(get()))
			.expectError(InvalidAnswerException.class)
			.verify(PATIENCE);
		assertThat(this.service.received()).hasSize(1);
	}

	@Test
	void emitsWhatHeadersThrowAndSendsNothing() {
		this.service.answers(200, "ok");
		AzureRequest<String> request = new AzureRequest<>(SAFE, "table", "orders", "/things",
				(headers) -> headers.set("If-Match", "a\r\nX-Other: b"), body((out) -> out.sink().ascii("{}")), null,
				Answer::text);
		StepVerifier.create(pipeline().execute(request)).expectError(IllegalArgumentException.class).verify(PATIENCE);
		assertThat(this.service.received()).isEmpty();
	}

	@Test
	void hidesASignatureInAnAddressThatCannotBeParsed() {
		PipelineSettings plain = settings();
		PipelineSettings settings = PipelineSettings.of(plain.endpoint(), plain.connector(), new RequestSigner() {

			@Override
			public String authorise(String pathAndQuery) {
				return pathAndQuery + "&sig=s3cr et";
			}

			@Override
			public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType,
					HeaderSink headers) {
			}
		}, plain.options(), plain.errorMapper(), ObservationRegistry.NOOP, CONVENTION);
		StepVerifier.create(pipeline(settings).execute(post("{}")))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("not encoded")
				.hasMessageNotContaining("s3cr")
				.hasNoCause())
			.verify(PATIENCE);
	}

	@Test
	void failsWhereTheListenerToAnswersThrowsAndDoesNotCallAgain() {
		this.service.answers(200, "ok");
		RequestOptions options = RequestOptions.none().withOnResponse((info) -> {
			throw new IllegalStateException("listener");
		});
		StepVerifier.create(options.applyTo(pipeline().execute(get())))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("listener"))
			.verify(PATIENCE);
		assertThat(this.service.received()).hasSize(1);
	}

	@Test
	void emitsWhatTheBodyThrowsBeforeAnythingIsSent() {
		IllegalArgumentException refused = new IllegalArgumentException("no such property");
		AzureRequest<String> request = new AzureRequest<>(UNSAFE, "table", "orders", "/things", (headers) -> {
		}, body((out) -> {
			throw refused;
		}), null, Answer::text);
		StepVerifier.create(pipeline().execute(request))
			.expectErrorSatisfies((error) -> assertThat(error).isSameAs(refused))
			.verify(PATIENCE);
		assertThat(this.service.received()).isEmpty();
	}

	@Test
	void refusesCallsAfterItsClose() {
		RequestPipeline pipeline = pipeline();
		pipeline.close();
		pipeline.close();
		StepVerifier.create(pipeline.execute(get()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotSentException.class)
				.hasMessageContaining("client is closed"))
			.verify(PATIENCE);
	}

	@Test
	void reusesTheConnectionAfterACancelledCall() {
		this.service.neverAnswers().answers(200, "ok");
		RequestPipeline pipeline = pipeline();
		Disposable call = pipeline.execute(get()).subscribe();
		awaitRequests(1);
		call.dispose();
		StepVerifier.create(pipeline.execute(get())).expectNext("ok").expectComplete().verify(PATIENCE);
	}

	@Nested
	class Options {

		private final StubService service = RequestPipelineTests.this.service;

		@Test
		void goBeforeThoseOfTheClient() {
			this.service.neverAnswers();
			RequestOptions options = RequestOptions.none()
				.withResponseTimeout(Duration.ofMillis(50))
				.withRetry(RetryOptions.none());
			StepVerifier.create(options.applyTo(pipeline().execute(get())))
				.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("no answer within 50 ms"))
				.verify(PATIENCE);
			assertThat(this.service.received()).hasSize(1);
		}

		@Test
		void addHeadersAndNameTheRequest() {
			this.service.answers(200, "ok");
			RequestOptions options = RequestOptions.none().withHeader("X-Tenant", "t1").withClientRequestId("call-7");
			StepVerifier.create(options.applyTo(pipeline().execute(get())))
				.expectNext("ok")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(this.service.received().get(0).headers().get("X-Tenant")).isEqualTo("t1");
			assertThat(this.service.received().get(0).headers().get("x-ms-client-request-id")).isEqualTo("call-7");
		}

		@Test
		void cannotReplaceTheSignature() {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> RequestOptions.none().withHeader("Authorization", "secret"))
				.withMessageContaining("'Authorization'")
				.withMessageNotContaining("secret");
		}

		@Test
		void giveTheHeadOfTheLastAnswer() {
			this.service.answers(503, "")
				.answers(200, "ok", "x-ms-request-id", "abc", "x-ms-version", "2020-12-06", "ETag", "W/1");
			StepVerifier.create(AzureResponse.of(pipeline().execute(get()))).assertNext((response) -> {
				assertThat(response.value()).isEqualTo("ok");
				assertThat(response.info().status()).isEqualTo(200);
				assertThat(response.info().requestId()).isEqualTo("abc");
				assertThat(response.info().version()).isEqualTo("2020-12-06");
				assertThat(response.info().etag()).isEqualTo("W/1");
			}).expectComplete().verify(PATIENCE);
		}

		@Test
		void giveTheHeadOfAnAnswerWithoutValue() {
			this.service.answers(204, "");
			Mono<Void> call = pipeline().execute(new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
			}, null, AnswerReader.nothing()));
			StepVerifier.create(AzureResponse.of(call))
				.assertNext((response) -> assertThat(response.info().status()).isEqualTo(204))
				.expectComplete()
				.verify(PATIENCE);
		}

	}

	@Nested
	class Retries {

		private final StubService service = RequestPipelineTests.this.service;

		@Test
		void sendsTheSameBytesAgainUnderANewSignature() {
			this.service.answers(503, "busy").answers(500, "oops").answers(200, "ok");
			StepVerifier.create(pipeline().execute(post(SAFE, "{\"a\":1}")))
				.expectNext("ok")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(this.service.received()).extracting(StubService.Received::body)
				.containsExactly("{\"a\":1}", "{\"a\":1}", "{\"a\":1}");
			assertThat(this.service.received()).extracting((request) -> request.headers().get("x-ms-client-request-id"))
				.containsOnly(this.service.received().get(0).headers().get("x-ms-client-request-id"));
		}

		@Test
		void waitsAsLongAsRetryAfterSays() {
			VirtualTimeScheduler time = VirtualTimeScheduler.create();
			this.service.answers(429, "", "Retry-After", "40").answers(200, "ok");
			PipelineSettings settings = settings(
					RequestPipelineTests.this.options.withResponseTimeout(Duration.ofHours(1)))
				.withTime(time, Clock.systemUTC());
			List<String> values = new ArrayList<>();
			Disposable call = pipeline(settings).execute(get()).subscribe(values::add);
			awaitRequests(1);
			awaitTimers(time, 1);
			time.advanceTimeBy(Duration.ofSeconds(39));
			assertThat(this.service.received()).hasSize(1);
			time.advanceTimeBy(Duration.ofSeconds(1));
			awaitRequests(2);
			call.dispose();
		}

		@Test
		void triesAgainWhereAnAnswerWasCut() {
			this.service.cutsItsAnswer().answers(200, "ok");
			StepVerifier.create(pipeline().execute(get())).expectNext("ok").expectComplete().verify(PATIENCE);
		}

		@Test
		void neverRepeatsAnUnsafeCallWhoseOutcomeIsUnknown() {
			this.service.closesTheConnection().answers(200, "ok");
			StepVerifier.create(pipeline().execute(post("{}")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
					.hasMessageContaining("whether the service did it is unknown"))
				.verify(PATIENCE);
			assertThat(this.service.received()).hasSize(1);
		}

		@Test
		void tellsTheReaderThatAnEarlierTryMayHaveBeenApplied() {
			this.service.cutsItsAnswer().answers(200, "ok");
			RequestPipeline pipeline = pipeline();
			AzureRequest<Boolean> request = new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
			}, null, Answer::maybeApplied);
			StepVerifier.create(pipeline.execute(request)).expectNext(true).expectComplete().verify(PATIENCE);
			StepVerifier.create(pipeline.execute(request)).expectNext(false).expectComplete().verify(PATIENCE);
		}

		@Test
		void saysThatAnEarlierTryMayHaveBeenApplied() {
			this.service.closesTheConnection().answers(409, "{\"odata.error\":{\"code\":\"EntityAlreadyExists\"}}");
			StepVerifier.create(pipeline().execute(post(SAFE, "{}"))).expectErrorSatisfies((error) -> {
				AzureException failure = (AzureException) error;
				assertThat(failure.call().maybeApplied()).isTrue();
				assertThat(failure.call().attempts()).isEqualTo(2);
			}).verify(PATIENCE);
		}

		@Test
		void stayWithinATenthOfTheCallsWhenTheServiceIsDown() {
			this.service.answers(500, "");
			RequestPipeline pipeline = pipeline();
			StepVerifier.create(Flux.range(0, 100).concatMap((i) -> pipeline.execute(get()).onErrorComplete()))
				.expectComplete()
				.verify(PATIENCE);
			assertThat(this.service.received()).hasSizeBetween(110, 120);
		}

		@Test
		void tellsABrokenIdleConnectionFromAnAnswer() {
			this.service.answers(200, "ok").closesTheConnection().closesTheConnection();
			RequestPipeline pipeline = pipeline();
			StepVerifier.create(pipeline.execute(post("{}"))).expectNext("ok").expectComplete().verify(PATIENCE);
			StepVerifier.create(pipeline.execute(post("{}")))
				.expectErrorSatisfies(
						(error) -> assertThat(((OutcomeUnknownException) error).brokeIdleConnection()).isTrue())
				.verify(PATIENCE);
			StepVerifier.create(pipeline.execute(post("{}")))
				.expectErrorSatisfies(
						(error) -> assertThat(((OutcomeUnknownException) error).brokeIdleConnection()).isFalse())
				.verify(PATIENCE);
		}

	}

	@Nested
	class Failures {

		private final StubService service = RequestPipelineTests.this.service;

		@Test
		void saysWhatWasAttemptedAndWhatTheServiceSaid() {
			this.service.answers(404,
					"{\"odata.error\":{\"code\":\"ResourceNotFound\",\"message\":{\"lang\":\"en-US\",\"value\":"
							+ "\"The specified resource does not exist.\\nRequestId:1\\nTime:2\"}}}",
					"x-ms-request-id", "abc");
			StepVerifier.create(pipeline().execute(get())).expectErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(NotFoundException.class)
					.hasMessage("Could not get entity on table 'orders' at " + this.service.address()
							+ ": 404 ResourceNotFound: The specified resource does not exist. (request id abc)");
			}).verify(PATIENCE);
		}

		@Test
		void readsXmlUnderAJsonContentType() {
			this.service.answers(403,
					"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><m:error xmlns:m=\"http://x\">"
							+ "<m:code>AuthenticationFailed</m:code><m:message xml:lang=\"en-US\">Server failed.\n"
							+ "RequestId:1</m:message></m:error>",
					"Content-Type", "application/json");
			StepVerifier.create(pipeline().execute(get()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
					.hasMessageContaining("403 AuthenticationFailed: Server failed."))
				.verify(PATIENCE);
		}

		@Test
		void readsTheErrorsOfEventGrid() {
			this.service.answers(400,
					"{\"error\":{\"code\":\"BadRequest\",\"message\":\"`id` must be non-empty string\","
							+ "\"tracking_id\":\"7\"}}");
			StepVerifier.create(pipeline().execute(get()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidRequestException.class)
					.hasMessageContaining("400 BadRequest: `id` must be non-empty string"))
				.verify(PATIENCE);
		}

		@Test
		void keepsTheStatusOfAnErrorThatMakesNoSense() {
			this.service.answers(429, "{\"odata.error\":[[[");
			StepVerifier.create(pipeline(this.options()).execute(get()))
				.expectErrorSatisfies(
						(error) -> assertThat(((ThrottledException) error).error().status()).isEqualTo(429))
				.verify(PATIENCE);
		}

		@Test
		void saysThatNothingWasSentWhereNobodyListens() {
			this.service.close();
			StepVerifier.create(pipeline(this.options()).execute(post("{}")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotSentException.class)
					.hasMessageContaining("no connection")
					.hasMessageContaining(this.service.address()))
				.verify(PATIENCE);
		}

		@Test
		void givesUpAnAnswerThatDoesNotComeInTime() {
			this.service.neverAnswers();
			ClientOptions impatient = this.options().withResponseTimeout(Duration.ofMillis(50));
			StepVerifier.create(pipeline(impatient).execute(post("{}")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
					.hasMessageContaining("no answer within 50 ms"))
				.verify(PATIENCE);
		}

		@Test
		void tellsTheConnectorsReadTimeoutFromABrokenIdleConnection() {
			this.service.answers(200, "ok").neverAnswers();
			RequestPipeline pipeline = pipeline(settings().withConnector(new ReactorClientHttpConnector(
					RequestPipelineTests.this.pool.httpClient().responseTimeout(Duration.ofMillis(300)))));
			StepVerifier.create(pipeline.execute(post("{}"))).expectNext("ok").expectComplete().verify(PATIENCE);
			StepVerifier.create(pipeline.execute(post("{}"))).expectErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(OutcomeUnknownException.class).hasMessageContaining("read time-out");
				assertThat(((OutcomeUnknownException) error).brokeIdleConnection()).isFalse();
			}).verify(PATIENCE);
		}

		@Test
		void givesUpAnAnswerThatNeverEnds() {
			this.service.answers(
					(request, response) -> response.sendString(Flux.interval(Duration.ofMillis(5)).map((i) -> "more")));
			ClientOptions impatient = this.options().withResponseTimeout(Duration.ofMillis(100));
			StepVerifier.create(pipeline(impatient).execute(get()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
					.hasMessageContaining("no complete answer within 100 ms"))
				.verify(PATIENCE);
		}

		@Test
		void saysThatAnAnswerCannotBeRead() {
			this.service.answers(200, "garbage");
			AzureRequest<String> request = new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
			}, null, (answer) -> {
				throw new IllegalStateException("no JSON");
			});
			StepVerifier.create(pipeline().execute(request))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
					.hasMessageContaining("no JSON"))
				.verify(PATIENCE);
		}

		private ClientOptions options() {
			return RequestPipelineTests.this.options.withRetry(RetryOptions.none());
		}

	}

	@Nested
	class Observations {

		private final StubService service = RequestPipelineTests.this.service;

		private final List<String> events = new ArrayList<>();

		private final List<AzureOperationContext> contexts = new ArrayList<>();

		private final ObservationRegistry registry = ObservationRegistry.create();

		Observations() {
			this.registry.observationConfig().observationHandler(new ObservationHandler<AzureOperationContext>() {

				@Override
				public void onStart(AzureOperationContext context) {
					Observations.this.events.add("start " + context.operation());
					Map.carry(context);
				}

				@Override
				public void onError(AzureOperationContext context) {
					Observations.this.events.add("error");
				}

				@Override
				public void onStop(AzureOperationContext context) {
					Observations.this.events.add("stop " + context.status());
					Observations.this.contexts.add(context);
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return context instanceof AzureOperationContext;
				}
			});
		}

		@Test
		void seesOneCallWithAllItsTries() {
			this.service.answers(503, "").answers(200, "ok", "x-ms-request-id", "abc");
			StepVerifier.create(observed().execute(get())).expectNext("ok").expectComplete().verify(PATIENCE);
			assertThat(this.events).containsExactly("start get", "stop 200");
			assertThat(this.contexts.get(0).attempts()).isEqualTo(2);
			assertThat(this.contexts.get(0).requestId()).isEqualTo("abc");
		}

		@Test
		void sendsTheHeadersOfTheTrace() {
			this.service.answers(200, "ok");
			StepVerifier.create(observed().execute(get())).expectNext("ok").expectComplete().verify(PATIENCE);
			assertThat(this.service.received().get(0).headers().get("traceparent")).isEqualTo("00-trace");
		}

		@Test
		void seesFailures() {
			this.service.answers(404, "");
			StepVerifier.create(observed().execute(get())).expectError(NotFoundException.class).verify(PATIENCE);
			assertThat(this.events).containsExactly("start get", "error", "stop 404");
		}

		@Test
		void stopsOnceWhereTheCallerCancelsWithTheValue() {
			this.service.answers(200, "ok");
			StepVerifier.create(Flux.from(observed().execute(get())).take(1))
				.expectNext("ok")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(this.events).containsExactly("start get", "stop 200");
		}

		@Test
		void stopsWhereTheBodyThrows() {
			AzureRequest<String> request = new AzureRequest<>(SAFE, "table", "orders", "/things", (headers) -> {
			}, body((out) -> {
				throw new IllegalArgumentException("no such property");
			}), null, Answer::text);
			StepVerifier.create(observed().execute(request))
				.expectError(IllegalArgumentException.class)
				.verify(PATIENCE);
			assertThat(this.events).containsExactly("start get", "error", "stop 0");
		}

		@Test
		void takesItsParentFromTheReactorContext() {
			this.service.answers(200, "ok");
			Observation parent = Observation.start("parent", this.registry);
			Mono<String> call = observed().execute(get())
				.contextWrite((context) -> context.put("micrometer.observation", parent));
			StepVerifier.create(call).expectNext("ok").expectComplete().verify(PATIENCE);
			assertThat(this.contexts.get(0).getParentObservation()).isSameAs(parent);
		}

		private RequestPipeline observed() {
			PipelineSettings settings = settings();
			return new RequestPipeline(PipelineSettings.of(settings.endpoint(), settings.connector(), settings.signer(),
					settings.options(), settings.errorMapper(), this.registry, CONVENTION));
		}

		private static final class Map {

			static void carry(AzureOperationContext context) {
				context.getSetter().set(context.getCarrier(), "traceparent", "00-trace");
			}

		}

	}

	private RequestPipeline pipeline() {
		return pipeline(settings());
	}

	private RequestPipeline pipeline(ClientOptions options) {
		return pipeline(settings(options));
	}

	private RequestPipeline pipeline(PipelineSettings settings) {
		return new RequestPipeline(settings);
	}

	private PipelineSettings settings() {
		return settings(this.options);
	}

	private PipelineSettings settings(ClientOptions options) {
		ClientHttpConnector connector = this.pool.connector();
		return PipelineSettings.of(new AzureEndpoint(this.service.address()), connector, RequestPipelineTests::sign,
				options, ErrorMapper::byStatus, ObservationRegistry.NOOP, CONVENTION);
	}

	private static void sign(HttpMethod method, String target, @Nullable CharSequence contentType, HeaderSink headers) {
		headers.set("Authorization", method + " " + target + " " + contentType + " signed");
	}

	private static AzureRequest<String> get() {
		return new AzureRequest<>(SAFE, "table", "orders", "/things?x=1", (headers) -> {
		}, null, Answer::text);
	}

	private static AzureRequest<String> post(String json) {
		return post(UNSAFE, json);
	}

	private static AzureRequest<String> post(Operation like, String json) {
		Operation operation = new Operation(like.name(), like.description(), HttpMethod.POST, like.retrySafety());
		return new AzureRequest<>(operation, "table", "orders", "/things?x=1", (headers) -> headers.set("X-Own", "own"),
				body((out) -> out.sink().ascii(json)), Answer::text);
	}

	private static RequestBody body(java.util.function.Consumer<JsonWriter> writer) {
		return new RequestBody() {

			@Override
			public CharSequence contentType() {
				return "application/json";
			}

			@Override
			public void write(JsonWriter out) {
				writer.accept(out);
			}

		};
	}

	private void awaitRequests(int count) {
		Flux.interval(Duration.ofMillis(2))
			.takeUntil((i) -> this.service.received().size() >= count)
			.blockLast(PATIENCE);
	}

	private static void awaitTimers(VirtualTimeScheduler time, int count) {
		Flux.interval(Duration.ofMillis(2)).takeUntil((i) -> time.getScheduledTaskCount() > count).blockLast(PATIENCE);
	}

}
