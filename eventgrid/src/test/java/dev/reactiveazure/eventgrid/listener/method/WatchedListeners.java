package dev.reactiveazure.eventgrid.listener.method;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
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

	private static final String OURS = "dev.reactiveazure.";

	private static final String EMULATOR = "dev.reactiveazure.emulator.";

	private static final int EVENTS = 200;

	private final Queue<String> calls = new ConcurrentLinkedQueue<>();

	private WatchedListeners() {
	}

	public static void main(String[] arguments) throws Exception {
		WatchedListeners watched = new WatchedListeners();
		BlockHound.builder()
			.loadIntegrations()
			// What it may wait for is the pool's own lock, held for a moment.
			.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "shutdownNow")
			.blockingMethodCallback((method) -> watched.note(method.toString()))
			.install();
		Object bean = arguments[0].equals("blocking") ? new Blocking() : new OnTheEventLoop();
		watched.run(bean);
		// Printed here, for printing blocks too.
		watched.calls.forEach((call) -> System.out.println(CALL + call));
		Blocking.THREADS.forEach((thread) -> System.out.println(HANDLED + thread));
		System.exit(0);
	}

	private void run(Object bean) throws Exception {
		try (ListenerApplication application = new ListenerApplication()) {
			application.customize((factory) -> factory.errorHandler((event, error) -> Mono.just(Disposition.reject())))
				.start(bean);
			application.client.publisher("orders")
				.publish(IntStream.range(0, EVENTS)
					.mapToObj((id) -> ListenerApplication.event("" + id, (id % 10 == 0) ? "fail" : "bill"))
					.toList())
				.block(Duration.ofSeconds(20));
			for (int i = 0; i < EVENTS; i++) {
				application.nextEnded();
			}
		}
	}

	private void note(String method) {
		List<String> frames = StackWalker.getInstance()
			.walk((stack) -> stack.map((frame) -> frame.getClassName() + "." + frame.getMethodName())
				.filter((frame) -> frame.startsWith(OURS) && !frame.contains("WatchedListeners.note")
						&& !frame.contains("WatchedListeners.lambda$main"))
				.collect(Collectors.toList()));
		if (!frames.isEmpty() && frames.stream().noneMatch((frame) -> frame.startsWith(EMULATOR))) {
			this.calls.add(method + " on " + Thread.currentThread().getName() + " by " + frames);
		}
	}

	static class Blocking {

		static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "8")
		@SendTo("bills")
		String handle(CloudEvent event) throws InterruptedException {
			THREADS
				.add((Schedulers.isInNonBlockingThread() ? "wrongly on " : "on ") + Thread.currentThread().getName());
			block();
			if (event.getType().equals("fail")) {
				throw new IllegalStateException("of the handler");
			}
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
		java.util.concurrent.TimeUnit.MILLISECONDS.sleep(1);
	}

}
