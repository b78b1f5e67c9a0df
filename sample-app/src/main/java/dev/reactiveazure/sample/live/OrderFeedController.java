package dev.reactiveazure.sample.live;

import java.time.Duration;

import dev.reactiveazure.sample.order.OrderChange;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The feed as server-sent events.
 */
@RestController
class OrderFeedController {

	private static final Duration HEART_BEAT = Duration.ofSeconds(15);

	private final OrderFeed feed;

	OrderFeedController(OrderFeed feed) {
		this.feed = feed;
	}

	@GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<OrderChange>> live() {
		Flux<ServerSentEvent<OrderChange>> changes = this.feed.changes()
			.map((change) -> ServerSentEvent.builder(change).event("order").build())
			// Too far behind: to end the response is all that can be said by now.
			.onErrorComplete();
		// Ends with the changes, not with the heart beats, which don't end.
		return changes.materialize().mergeWith(heartBeats().materialize()).dematerialize();
	}

	/**
	 * Comments, the first one at once: proxies cut a connection that is silent.
	 */
	private static Flux<ServerSentEvent<OrderChange>> heartBeats() {
		return Flux.interval(Duration.ZERO, HEART_BEAT)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.<OrderChange>builder().comment("alive").build());
	}

}
