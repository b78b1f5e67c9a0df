package dev.reactiveazure.sample.live;

import java.math.BigDecimal;
import java.time.Duration;

import dev.reactiveazure.sample.order.OrderChange;
import dev.reactiveazure.sample.order.OrderChange.Stage;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class OrderFeedTests {

	private final OrderFeed feed = new OrderFeed();

	@Test
	void beginsWithTheLastStageOfRecentOrders() {
		this.feed.changed(change("1", Stage.PLACED));
		this.feed.changed(change("2", Stage.BILLED));
		this.feed.changed(change("1", Stage.BILLED));
		this.feed.changed(change("2", Stage.PLACED));
		StepVerifier.create(this.feed.changes())
			.expectNext(change("1", Stage.BILLED), change("2", Stage.BILLED))
			.then(() -> this.feed.changed(change("3", Stage.PLACED)))
			.expectNext(change("3", Stage.PLACED))
			.thenCancel()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void remembersOnlySoManyOrders() {
		for (int i = 0; i < OrderFeed.RECENT + 1; i++) {
			this.feed.changed(change("order-" + i, Stage.PLACED));
		}
		StepVerifier.create(this.feed.changes().take(OrderFeed.RECENT))
			.expectNext(change("order-1", Stage.PLACED))
			.expectNextCount(OrderFeed.RECENT - 1)
			.verifyComplete();
	}

	@Test
	void cutsOffAWatcherThatFallsBehindAndNobodyElse() {
		StepVerifier.create(this.feed.changes(), 0).expectSubscription().then(() -> {
			for (int i = 0; i <= OrderFeed.MAX_BEHIND; i++) {
				this.feed.changed(change("1", Stage.PLACED));
			}
			assertThat(this.feed.watchers()).isZero();
		}).thenRequest(Long.MAX_VALUE).thenConsumeWhile((change) -> true).verifyErrorMatches(Exceptions::isOverflow);
	}

	@Test
	void endsWithTheApplication() {
		StepVerifier.create(this.feed.changes()).expectSubscription().then(this.feed::close).verifyComplete();
		assertThat(this.feed.watchers()).isZero();
	}

	@Test
	void endsAtOnceForAWatcherThatComesAfterTheEnd() {
		this.feed.close();
		StepVerifier.create(this.feed.changes()).expectComplete().verify(Duration.ofSeconds(5));
		assertThat(this.feed.watchers()).isZero();
	}

	private static OrderChange change(String id, Stage stage) {
		return new OrderChange("ada", id, BigDecimal.TEN, stage);
	}

}
