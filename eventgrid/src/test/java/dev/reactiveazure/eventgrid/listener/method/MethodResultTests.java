package dev.reactiveazure.eventgrid.listener.method;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.HandlerTimeoutException;
import dev.reactiveazure.eventgrid.listener.ListenerErrorHandler;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a method returns: its end is the event's, its error fails the event, and both
 * a time-out and a stop cancel it.
 */
@Timeout(60)
class MethodResultTests {

	private final ListenerApplication application = new ListenerApplication().property("timeout", "400ms");

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	enum Kind {

		VOID(new Returns.Nothing()), DISPOSITION(new Returns.ADisposition()), MONO(new Returns.AMono()),
		MONO_OF_VALUE(new Returns.AMonoOfAValue()), MONO_OF_DISPOSITION(new Returns.AMonoOfADisposition()),
		FLUX(new Returns.AFlux()), STAGE(new Returns.AStage()), FUTURE(new Returns.AFuture());

		final Returns bean;

		Kind(Returns bean) {
			this.bean = bean;
		}

	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	@Requirement("L23")
	void acknowledgesWhenItEnds(Kind kind) throws Exception {
		start(kind);
		publish("ok");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	@Requirement("L23")
	void failsTheEventWithItsError(Kind kind) throws Exception {
		start(kind);
		publish("fail");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).isInstanceOf(IllegalStateException.class).hasMessage("of the handler");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	@Requirement({ "L23", "L26" })
	void isCancelledWhenItsTimeIsOver(Kind kind) throws Exception {
		start(kind);
		publish("hang");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).isInstanceOf(HandlerTimeoutException.class)
			.hasMessage("The handler did not end within 400 ms");
		assertThat(kind.bean.cancelled().await(10, TimeUnit.SECONDS)).as("cancelled").isTrue();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	@Requirement({ "L23", "L30" })
	void isCancelledByAStopAndItsEventGivenBack(Kind kind) throws Exception {
		this.application.property("timeout", "1h");
		start(kind);
		publish("hang");
		assertThat(kind.bean.begun().await(10, TimeUnit.SECONDS)).isTrue();
		this.application.container().stop();
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).as("a cancelled handler has not failed").isNull();
	}

	@Test
	@Requirement("L23")
	void mayDecideWhatBecomesOfTheEvent() throws Exception {
		this.application.start(new Decides());
		this.application.publish("1", "reject", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.REJECTED);
		this.application.publish("2", "release", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	void mustNotBeNullWhereSomethingMustCome() throws Exception {
		start(Kind.MONO);
		publish("null");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).hasMessageContaining("returned null");
	}

	private void start(Kind kind) {
		kind.bean.reset();
		ListenerErrorHandler noting = (event, error) -> {
			this.failure.set(error);
			return Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR));
		};
		this.application.customize((factory) -> factory.errorHandler(noting)).start(kind.bean);
	}

	private void publish(String behaviour) {
		this.application.publish("1", "test", "\"" + behaviour + "\"");
	}

	static class Decides {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Disposition> handle(CloudEvent event) {
			return Mono.just(event.getType().equals("reject") ? Disposition.reject()
					: Disposition.release(ReleaseDelay.ONE_HOUR));
		}

	}

	/**
	 * Methods that do what the event says, in each form.
	 */
	abstract static class Returns {

		private CountDownLatch begun = new CountDownLatch(1);

		private CountDownLatch cancelled = new CountDownLatch(1);

		void reset() {
			this.begun = new CountDownLatch(1);
			this.cancelled = new CountDownLatch(1);
		}

		CountDownLatch begun() {
			return this.begun;
		}

		CountDownLatch cancelled() {
			return this.cancelled;
		}

		void block(String behaviour) throws InterruptedException {
			if (behaviour.equals("fail")) {
				throw new IllegalStateException("of the handler");
			}
			if (behaviour.equals("hang")) {
				try {
					this.begun.countDown();
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					this.cancelled.countDown();
					throw ex;
				}
			}
		}

		<T> Mono<T> act(String behaviour, Mono<T> value) {
			return switch (behaviour) {
				case "fail" -> Mono.error(new IllegalStateException("of the handler"));
				case "hang" -> Mono.<T>never()
					.doOnSubscribe((subscription) -> this.begun.countDown())
					.doOnCancel(this.cancelled::countDown);
				default -> value.delaySubscription(Duration.ofMillis(1));
			};
		}

		<T> CompletableFuture<T> future(String behaviour) {
			CompletableFuture<T> future = new CompletableFuture<>();
			if (behaviour.equals("fail")) {
				future.completeExceptionally(new IllegalStateException("of the handler"));
			}
			else if (behaviour.equals("hang")) {
				future.whenComplete((value, error) -> this.cancelled.countDown());
				this.begun.countDown();
			}
			else {
				future.complete(null);
			}
			return future;
		}

		static class Nothing extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			void handle(String behaviour) throws Exception {
				block(behaviour);
			}

		}

		static class ADisposition extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			Disposition handle(String behaviour) throws Exception {
				block(behaviour);
				return Disposition.acknowledge();
			}

		}

		static class AMono extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			@SuppressWarnings("NullAway") // what a user's mistake can be
			Mono<Void> handle(String behaviour) {
				return behaviour.equals("null") ? null : act(behaviour, Mono.empty());
			}

		}

		static class AMonoOfAValue extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			Mono<String> handle(String behaviour) {
				return act(behaviour, Mono.just("saved"));
			}

		}

		static class AMonoOfADisposition extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			Mono<Disposition> handle(String behaviour) {
				return act(behaviour, Mono.just(Disposition.acknowledge()));
			}

		}

		static class AFlux extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			Flux<Integer> handle(String behaviour) {
				return Flux.range(0, 100).concatWith(act(behaviour, Mono.just(100)));
			}

		}

		static class AStage extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			CompletionStage<String> handle(String behaviour) {
				return future(behaviour);
			}

		}

		static class AFuture extends Returns {

			@EventGridListener(topic = "orders", subscription = "billing", timeout = "${timeout}")
			CompletableFuture<Void> handle(String behaviour) {
				return future(behaviour);
			}

		}

	}

}
