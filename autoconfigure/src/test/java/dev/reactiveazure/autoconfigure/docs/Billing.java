package dev.reactiveazure.autoconfigure.docs;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

@Component
class Billing {

	private final Sinks.Many<String> billed = Sinks.many().replay().all();

	@EventGridListener(topic = "orders", subscription = "billing")
	Mono<Void> bill(OrderPlaced event) {
		return Mono.fromRunnable(() -> this.billed.emitNext(event.id(), Sinks.EmitFailureHandler.FAIL_FAST));
	}

	Flux<String> billed() {
		return this.billed.asFlux();
	}

	record OrderPlaced(String id) {

	}

}
