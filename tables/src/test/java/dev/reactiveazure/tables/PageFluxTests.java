package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.tables.PageFlux.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class PageFluxTests {

	private final List<@Nullable String> requests = new ArrayList<>();

	@Test
	void asksForAPageOnlyWhenAnItemOfItIsWanted() {
		StepVerifier.create(flux(Long.MAX_VALUE), 0)
			.then(() -> assertThat(this.requests).isEmpty())
			.thenRequest(2)
			.expectNext(1, 2)
			.then(() -> assertThat(this.requests).hasSize(1))
			.thenRequest(1)
			.expectNext(3)
			.then(() -> assertThat(this.requests).as("an empty page is followed by the next").hasSize(3))
			.thenRequest(1)
			.expectNext(4)
			.verifyComplete();
	}

	@Test
	@Requirement("T20")
	void asksForNoPageBeyondTheLimit() {
		StepVerifier.create(flux(2)).expectNext(1, 2).verifyComplete();

		assertThat(this.requests).hasSize(1);
	}

	@Test
	void cancelsThePageThatIsOnItsWay() {
		AtomicBoolean cancelled = new AtomicBoolean();
		PageFlux<Integer> flux = new PageFlux<>(
				(next) -> Mono.<Page<Integer>>never().doOnCancel(() -> cancelled.set(true)), null, Long.MAX_VALUE);

		flux.subscribe().dispose();

		assertThat(cancelled).isTrue();
	}

	@Test
	void passesErrorsAndContextOn() {
		PageFlux<Integer> flux = new PageFlux<>(
				(next) -> Mono
					.deferContextual((context) -> Mono.error(new IllegalStateException(context.<String>get("key")))),
				null, Long.MAX_VALUE);

		StepVerifier.create(flux.contextWrite((context) -> context.put("key", "seen"))).verifyErrorMessage("seen");
	}

	@Test
	void emitsManyPagesWithoutGrowingTheStack() {
		PageFlux<Integer> flux = new PageFlux<>((next) -> {
			int number = (next != null) ? Integer.parseInt(next) : 0;
			return Mono.just(new Page<>(List.of(number), (number < 99_999) ? Integer.toString(number + 1) : null));
		}, null, Long.MAX_VALUE);

		StepVerifier.create(flux.count()).expectNext(100_000L).verifyComplete();
	}

	private PageFlux<Integer> flux(long limit) {
		return new PageFlux<>((next) -> {
			this.requests.add(next);
			return Mono.just(switch ((next != null) ? next : "first") {
				case "first" -> new Page<>(List.of(1, 2), "empty");
				case "empty" -> new Page<>(List.of(), "last");
				default -> new Page<>(List.of(3, 4), null);
			});
		}, null, limit);
	}

}
