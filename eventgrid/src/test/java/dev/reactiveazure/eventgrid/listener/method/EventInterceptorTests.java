package dev.reactiveazure.eventgrid.listener.method;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.EventUpcaster;
import dev.reactiveazure.eventgrid.listener.HandlingOutcome;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interceptors stand around each handler, and upcasters before it.
 */
@Timeout(60)
class EventInterceptorTests {

	private final ListenerApplication application = new ListenerApplication();

	private final Queue<String> seen = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L27")
	void areCalledInTheirOrderAndBackwardsAfterwards() throws Exception {
		start(new Noting("outer"), new Noting("inner"));
		this.application.publish("1", "ok", "\"x\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.seen).containsExactly("outer before", "inner before", "handled ok", "inner Handled",
				"outer Handled");
	}

	@Test
	@Requirement("L27")
	void maySkipAnEventThatIsThenAcknowledged() throws Exception {
		start(new Noting("outer"), EventInterceptor.filter((event) -> false), new Noting("inner"));
		this.application.publish("1", "ok", "\"x\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.seen).containsExactly("outer before", "outer Skipped");
	}

	@Test
	@Requirement({ "L27", "L17" })
	void learnOfAFailure() throws Exception {
		start(new Noting("outer"), new Noting("inner"));
		this.application.publish("1", "fail", "\"x\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.seen).containsExactly("outer before", "inner before", "handled fail", "inner Failed",
				"outer Failed", "error of the handler");
	}

	@Test
	@Requirement({ "L27", "L17" })
	void failTheEventWithTheirOwnError() throws Exception {
		start(new Noting("outer"), new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				throw new IllegalStateException("of the interceptor");
			}

		}, new Noting("inner"));
		this.application.publish("1", "ok", "\"x\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.seen).containsExactly("outer before", "outer Failed", "error of the interceptor");
	}

	@Test
	@Requirement({ "L26", "L27" })
	void areCalledOnAThreadOfTheContainerWhereTheHandlerMayBlock() throws Exception {
		start(new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				EventInterceptorTests.this.seen.add(Thread.currentThread().getName().replaceAll("-\\d+$", ""));
				return Mono.just(delivery);
			}

		});
		this.application.publish("1", "thread", "\"x\"");
		this.application.nextEnded();
		assertThat(this.seen).containsExactly("eventgrid-orders.handle", "handled thread", "eventgrid-orders.handle");
	}

	@Test
	@Requirement("L27")
	void bringOldEventsToANewFormBeforeTheirHandlerIsChosen() throws Exception {
		start(EventUpcaster.interceptor(List.of(new Upcaster())));
		this.application.publish("1", "ok.v1", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.seen).containsExactly("handled ok");
	}

	private void start(EventInterceptor... interceptors) {
		this.application
			.customize((factory) -> factory.interceptors(List.of(interceptors)).errorHandler((event, error) -> {
				this.seen.add("error " + error.getMessage());
				return Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR));
			}))
			.start(new Handler(this.seen));
	}

	record Handler(Queue<String> seen) {

		@EventGridListener(topic = "orders", subscription = "billing", types = { "ok", "fail", "thread" })
		void handle(String payload, CloudEvent event) {
			this.seen
				.add(event.getType().equals("ok") && !payload.equals("x") ? payload : "handled " + event.getType());
			if (event.getType().equals("thread")) {
				this.seen.add(Thread.currentThread().getName().replaceAll("-\\d+$", ""));
			}
			if (event.getType().equals("fail")) {
				throw new IllegalStateException("of the handler");
			}
		}

	}

	private final class Noting implements EventInterceptor {

		private final String name;

		Noting(String name) {
			this.name = name;
		}

		@Override
		public Mono<Delivery> before(Delivery delivery) {
			EventInterceptorTests.this.seen.add(this.name + " before");
			return Mono.just(delivery);
		}

		@Override
		public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
			return Mono.fromRunnable(
					() -> EventInterceptorTests.this.seen.add(this.name + " " + outcome.getClass().getSimpleName()));
		}

	}

	private static final class Upcaster implements EventUpcaster {

		@Override
		public boolean supports(String type, @Nullable URI dataSchema) {
			return type.endsWith(".v1");
		}

		@Override
		public CloudEvent upcast(CloudEvent event) {
			return GridEvent.builder(event.getId(), event.getSource(), event.getType().replace(".v1", ""))
				.data("application/json", EventData.json("\"x\"".getBytes()))
				.build();
		}

	}

}
