package dev.reactiveazure.eventgrid.listener.method;

import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of each key one event at a time is handled, of different keys several.
 */
@Timeout(60)
class ConcurrencyKeyTests {

	private final ListenerApplication application = new ListenerApplication();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L21")
	void excludesEventsOfTheSameKeyFromEachOther() throws Exception {
		Exclusive bean = new Exclusive();
		this.application.property("key", "subject").start(bean);
		for (int i = 0; i < 40; i++) {
			publish("" + i, (i % 2 == 0) ? "a" : "b");
		}
		for (int i = 0; i < 40; i++) {
			assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		}
		assertThat(bean.met).isEmpty();
		assertThat(bean.seen).hasSize(40);
	}

	@Test
	@Requirement("L21")
	void lingersForNoneWhereAnEventHasNoKey() throws Exception {
		Together bean = new Together();
		this.application.property("key", "getExtension('tenant')").start(bean);
		publish("1", "a");
		publish("2", "a");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L17")
	void failsTheEventWhoseKeyCannotBeFoundOut() throws Exception {
		Exclusive bean = new Exclusive();
		this.application.property("key", "getExtension('tenant').length()")
			.customize((factory) -> factory
				.errorHandler((event, error) -> Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR))))
			.start(bean);
		publish("1", "a");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(bean.seen).isEmpty();
	}

	private void publish(String id, String subject) {
		this.application.publish(GridEvent.builder(id, URI.create("/test"), "placed").subject(subject).build());
	}

	static class Exclusive {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		final Queue<String> met = new ConcurrentLinkedQueue<>();

		private final Map<String, String> running = new ConcurrentHashMap<>();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "8", concurrencyKey = "${key}")
		void handle(CloudEvent event) {
			String subject = String.valueOf(event.getSubject());
			String other = this.running.putIfAbsent(subject, event.getId());
			if (other != null) {
				this.met.add(event.getId() + " met " + other);
			}
			Thread.yield();
			this.running.remove(subject);
			this.seen.add(event.getId());
		}

	}

	static class Together {

		final Set<String> seen = ConcurrentHashMap.newKeySet();

		private final CyclicBarrier barrier = new CyclicBarrier(2);

		@EventGridListener(topic = "orders", subscription = "billing", concurrencyKey = "${key}")
		void handle(CloudEvent event) throws Exception {
			this.barrier.await(10, TimeUnit.SECONDS);
		}

	}

}
