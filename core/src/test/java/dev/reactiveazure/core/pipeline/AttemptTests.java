package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Attempt}.
 */
class AttemptTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final TestPublisher<ClientHttpResponse> heads = TestPublisher.create();

	private final TestPublisher<DataBuffer> body = TestPublisher
		.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

	private final List<ByteBuf> buffers = new ArrayList<>();

	private Runnable whileReading = () -> {
	};

	private final Mono<String> attempt = attempt(this.heads.mono(), this.time);

	@Test
	void readsTheBodyWhenItIsComplete() {
		StepVerifier.create(this.attempt)
			.then(this::answer)
			.then(() -> this.body.next(chunk("va"), chunk("lue")))
			.then(this.body::complete)
			.expectNext("value")
			.verifyComplete();
		assertReleased();
	}

	@Test
	void endsWithoutAValueWhereTheReaderFindsNone() {
		StepVerifier.create(this.attempt).then(this::answer).then(this.body::complete).verifyComplete();
	}

	@Test
	void endsWithoutAValueWhereThereIsNoAnswer() {
		StepVerifier.create(this.attempt).then(this.heads::complete).verifyComplete();
	}

	@Test
	void passesAnErrorOn() {
		StepVerifier.create(this.attempt)
			.then(() -> this.heads.error(new IllegalStateException("no")))
			.verifyErrorMessage("no");
	}

	@Test
	void passesAnErrorOfTheBodyOn() {
		StepVerifier.create(this.attempt)
			.then(this::answer)
			.then(() -> this.body.next(chunk("va")))
			.then(() -> this.body.error(new IllegalStateException("cut")))
			.verifyErrorMessage("cut");
		assertReleased();
	}

	@Test
	void failsWithWhatTheReaderThrows() {
		this.whileReading = () -> {
			throw new IllegalStateException("unreadable");
		};
		StepVerifier.create(this.attempt).then(this::answer).then(this.body::complete).verifyErrorMessage("unreadable");
	}

	@Test
	void failsWithWhatSendingThrows() {
		Mono<String> broken = attempt(Mono.defer(() -> {
			throw new IllegalStateException("unsent");
		}), this.time);
		StepVerifier.create(broken).verifyErrorMessage("unsent");
	}

	@Test
	@SuppressWarnings({ "NullAway", "DataFlowIssue" }) // what a connector must not do
	void failsWhereTheConnectorGivesNothing() {
		StepVerifier.create(attempt(null, this.time)).verifyErrorMessage("The connector gives nothing back");
	}

	@Test
	void failsAndCancelsTheBodyWhereTheStatusIsNone() {
		Head head = new Head(this.body.flux(), () -> {
			throw new IllegalArgumentException("99 is no status");
		});
		StepVerifier.create(attempt(Mono.just(head), this.time)).verifyErrorMessage("99 is no status");
		this.body.assertCancelled();
	}

	@Test
	void failsAndCancelsWhenABodyIsTooLarge() {
		StepVerifier.create(this.attempt)
			.then(this::answer)
			.then(() -> this.body.next(chunk("x".repeat(9))))
			.verifyError(DataBufferLimitException.class);
		this.body.assertCancelled();
		assertReleased();
	}

	@Test
	void failsAndCancelsWhenTimeIsUp() {
		StepVerifier.create(this.attempt)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(4999)))
			.then(this.heads::assertNotCancelled)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.verifyError(TimeoutException.class);
		this.heads.assertCancelled();
	}

	@Test
	void failsAndReleasesWhatItHasOfTheBodyWhenTimeIsUp() {
		StepVerifier.create(this.attempt)
			.then(this::answer)
			.then(() -> this.body.next(chunk("va")))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(5)))
			.verifyError(TimeoutException.class);
		this.body.assertCancelled();
		this.body.next(chunk("lue"));
		assertReleased();
	}

	@Test
	void passesACancelOn() {
		StepVerifier.create(this.attempt).thenCancel().verify();
		this.heads.assertCancelled();
	}

	@Test
	void passesACancelOnToTheBody() {
		StepVerifier.create(this.attempt)
			.then(this::answer)
			.then(() -> this.body.next(chunk("va")))
			.thenCancel()
			.verify();
		this.body.assertCancelled();
		assertReleased();
	}

	@Test
	void cancelsTheBodyOfAnAnswerThatComesAfterTheCancel() {
		TestPublisher<ClientHttpResponse> stubborn = TestPublisher
			.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		BaseSubscriber<String> subscriber = new BaseSubscriber<>() {
		};
		attempt(Mono.fromDirect(stubborn), this.time).subscribe(subscriber);
		subscriber.cancel();
		stubborn.next(new Head(this.body.flux()));
		this.body.assertCancelled();
	}

	@Test
	void passesAValueOnThatComesInSpiteOfACancel() {
		List<String> received = new ArrayList<>();
		BaseSubscriber<String> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(String value) {
				received.add(value);
			}

		};
		this.whileReading = subscriber::cancel;
		this.attempt.subscribe(subscriber);
		answer();
		this.body.next(chunk("late"));
		this.body.complete();
		assertThat(received).containsExactly("late");
	}

	@Test
	void saysThatACallBeganBeforeItSaysThatItEnded() {
		StepVerifier.create(attempt(Mono.never(), new AtOnce()))
			.expectSubscription()
			.verifyError(TimeoutException.class);
	}

	@Test
	void isANewTryForEachSubscriber() {
		AtomicInteger sent = new AtomicInteger();
		Mono<String> repeated = attempt(
				Mono.fromSupplier(() -> new Head(Flux.just(chunk("no " + sent.incrementAndGet())))), this.time);
		StepVerifier.create(repeated).expectNext("no 1").verifyComplete();
		StepVerifier.create(repeated).expectNext("no 2").verifyComplete();
		assertReleased();
	}

	private Mono<String> attempt(Mono<ClientHttpResponse> heads, Scheduler scheduler) {
		return new Attempt<>(new Attempt.Steps<>() {

			@Override
			public Mono<ClientHttpResponse> send(SentRequest sent) {
				return heads;
			}

			@Override
			public @Nullable String read(ClientHttpResponse head, byte[] bytes, int length) {
				AttemptTests.this.whileReading.run();
				return (length > 0) ? new String(bytes, 0, length, StandardCharsets.US_ASCII) : null;
			}

		}, Duration.ofSeconds(5), scheduler, new WriterPool(), 8);
	}

	private void answer() {
		this.heads.emit(new Head(this.body.flux()));
	}

	private DataBuffer chunk(String text) {
		ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
		buffer.writeCharSequence(text, StandardCharsets.US_ASCII);
		this.buffers.add(buffer);
		return new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT).wrap(buffer);
	}

	private void assertReleased() {
		assertThat(this.buffers).isNotEmpty().allMatch((buffer) -> buffer.refCnt() == 0);
	}

	private record Head(Flux<DataBuffer> body, Supplier<HttpStatusCode> status) implements ClientHttpResponse {

		Head(Flux<DataBuffer> body) {
			this(body, () -> HttpStatus.OK);
		}

		@Override
		public HttpStatusCode getStatusCode() {
			return this.status.get();
		}

		@Override
		public HttpHeaders getHeaders() {
			return HttpHeaders.EMPTY;
		}

		@Override
		public MultiValueMap<String, ResponseCookie> getCookies() {
			return new LinkedMultiValueMap<>();
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.body;
		}

	}

	/** Time that is up before the caller goes on. */
	private static final class AtOnce implements Scheduler {

		@Override
		public Disposable schedule(Runnable task) {
			task.run();
			return Disposables.disposed();
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return schedule(task);
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	}

}
