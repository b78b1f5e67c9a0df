package dev.reactiveazure.eventgrid.listener.method;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.ErrorKind;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.HandlerTimeoutException;
import dev.reactiveazure.eventgrid.listener.HandlingOutcome;
import io.cloudevents.CloudEvent;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.messaging.handler.annotation.SendTo;

/**
 * A program that prints each call that would block an event loop, made by the library or
 * by a handler that it calls there.
 */
final class WatchedListeners {

	static final String CALL = "BLOCKS ";

	static final String HANDLED = "HANDLED ";

	static final String FAILED = "FAILED ";

	private static final String OURS = "dev.reactiveazure.";

	private static final String EMULATOR = "dev.reactiveazure.emulator.";

	private static final int EVENTS = 200;

	/** What the handler does with an event. */
	private static final List<String> TYPES = List.of("bill", "bill", "bill", "fail", "hang");

	private final CountDownLatch ended = new CountDownLatch(EVENTS);

	private final Set<String> failures = ConcurrentHashMap.newKeySet();

	private final boolean blocking;

	private final Queue<String> calls = new ConcurrentLinkedQueue<>();

	private WatchedListeners(boolean blocking) {
		this.blocking = blocking;
	}

	public static void main(String[] arguments) throws Exception {
		WatchedListeners watched = new WatchedListeners(arguments[0].equals("blocking"));
		BlockHound.builder()
			.loadIntegrations()
			// Netty's own integration allows other locks of its allocators, not this one.
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
			.blockingMethodCallback((method) -> watched.note(method.toString()))
			.install();
		watched.run(watched.blocking ? new AnswersNowhere() : new OnTheEventLoop());
		// Printed here, for printing blocks too.
		watched.calls.forEach((call) -> System.out.println(CALL + call));
		watched.failures.forEach((failure) -> System.out.println(FAILED + failure));
		Blocking.THREADS.forEach((thread) -> System.out.println(HANDLED + thread));
		System.exit(0);
	}

	private void run(Object bean) throws Exception {
		try (ListenerApplication application = new ListenerApplication()) {
			application.customize(this::parts).start(bean);
			application.client.publisher("orders")
				.publish(IntStream.range(0, EVENTS)
					.mapToObj((id) -> ListenerApplication.event("" + id, TYPES.get(id % TYPES.size())))
					.toList())
				.block(Duration.ofSeconds(20));
			if (!this.ended.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException(this.ended.getCount() + " deliveries did not end in time");
			}
		}
	}

	/**
	 * Give a blocking listener parts that block, whatever it is that they are called for.
	 */
	private void parts(EventGridListenerContainerFactory.Builder factory) {
		factory.errorHandler((event, error) -> {
			this.failures.add(error.getClass().getSimpleName());
			blockIfAllowed();
			return Mono.empty();
		}).recoverer((failed) -> {
			blockIfAllowed();
			return Mono.empty();
		})
			.errorClassifier(ErrorClassifier.defaults()
				.with(ErrorKind.FATAL, List.of(HandlerTimeoutException.class, AzureException.class)))
			.interceptors(List.of(new EventInterceptor() {

				@Override
				public Mono<Delivery> before(Delivery delivery) {
					blockIfAllowed();
					return Mono.just(delivery);
				}

				@Override
				public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
					blockIfAllowed();
					return Mono.empty();
				}

			}))
			.settlementListener((event, outcome) -> {
				blockIfAllowed();
				if (event instanceof ReceivedEvent.Valid valid && TYPES.contains(valid.event().getType())) {
					this.ended.countDown();
				}
			});
	}

	private void blockIfAllowed() {
		try {
			if (this.blocking) {
				block();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void note(String method) {
		List<String> frames = StackWalker.getInstance()
			.walk((stack) -> stack.map((frame) -> frame.getClassName() + "." + frame.getMethodName())
				.filter((frame) -> !frame.contains("WatchedListeners.note")
						&& !frame.contains("WatchedListeners.lambda$main"))
				.collect(Collectors.toList()));
		if (frames.stream().anyMatch((frame) -> frame.startsWith(OURS))
				&& frames.stream().noneMatch((frame) -> frame.startsWith(EMULATOR))) {
			this.calls.add(method + " on " + Thread.currentThread().getName() + " by " + frames);
		}
	}

	static class Blocking {

		static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "8", timeout = "100ms")
		@SendTo("bills")
		String handle(CloudEvent event) throws InterruptedException {
			THREADS
				.add((Schedulers.isInNonBlockingThread() ? "wrongly on " : "on ") + Thread.currentThread().getName());
			block();
			if (event.getType().equals("fail")) {
				throw new ClassCastException("of the handler");
			}
			if (event.getType().equals("hang")) {
				new CountDownLatch(1).await();
			}
			return event.getId();
		}

	}

	/** The replies of the other listener, which it can't answer in turn. */
	static class AnswersNowhere extends Blocking {

		@EventGridListener(topic = "bills", subscription = "all")
		@SendTo("nowhere")
		String answer(CloudEvent event) {
			return event.getId();
		}

	}

	static class OnTheEventLoop {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Void> handle(CloudEvent event) throws InterruptedException {
			block();
			return Mono.empty();
		}

	}

	private static void block() throws InterruptedException {
		// Not to wait for anything: to do what an event loop must not.
		TimeUnit.MILLISECONDS.sleep(1);
	}

}
