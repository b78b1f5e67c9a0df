package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private final Turns turns = new Turns();

	private final List<String> began = new ArrayList<>();

	@Test
	void letsOneWorkOnAThingRunAtATime() {
		Sinks.One<String> first = Sinks.one();
		Sinks.One<String> second = Sinks.one();
		this.turns.take("a", work("first", first)).subscribe();
		this.turns.take("a", work("second", second)).subscribe();
		this.turns.take("b", work("other", Sinks.one())).subscribe();

		assertThat(this.began).containsExactly("first", "other");
		first.tryEmitValue("done");
		assertThat(this.began).containsExactly("first", "other", "second");
		second.tryEmitValue("done");
		assertThat(this.turns.size()).isEqualTo(1);
	}

	@Test
	void goesOnAfterAnErrorAndAfterACancel() {
		Sinks.One<String> first = Sinks.one();
		Disposable running = this.turns.take("a", work("first", first)).subscribe();
		Disposable waiting = this.turns.take("a", work("second", Sinks.one())).subscribe();
		StepVerifier.create(this.turns.take("a", Mono.error(new IllegalStateException("third"))))
			.then(waiting::dispose)
			.then(running::dispose)
			.verifyErrorMessage("third");

		assertThat(this.began).containsExactly("first");
		assertThat(this.turns.size()).isZero();
	}

	@Test
	void endsManyImmediateWorksWithoutADeepStack() {
		Sinks.One<String> first = Sinks.one();
		this.turns.take("a", work("first", first)).subscribe();
		StepVerifier.create(Flux.range(0, 20_000).flatMap((i) -> this.turns.take("a", Mono.just(i)), 20_000).count())
			.then(() -> first.tryEmitValue("done"))
			.expectNext(20_000L)
			.verifyComplete();
		assertThat(this.turns.size()).isZero();
	}

	private Mono<String> work(String name, Sinks.One<String> end) {
		return Mono.defer(() -> {
			this.began.add(name);
			return end.asMono();
		});
	}

}
