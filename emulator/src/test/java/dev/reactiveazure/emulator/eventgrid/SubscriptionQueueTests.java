package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.StepVerifier;

import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.Exchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubscriptionQueue}.
 */
class SubscriptionQueueTests {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	private static final Duration LOCK = Duration.ofSeconds(60);

	private final MovableClock clock = MovableClock.startingAt(START);

	private SubscriptionQueue queue = queue(EventGridSettings.defaults());

	@Nested
	class Receiving {

		@Test
		void answersAtOnceAndShortWhenSomethingIsAvailable() {
			publish("a", "b");

			assertThat(ids(receive(100))).containsExactly("a", "b");
		}

		@Test
		void handsOutNoMoreThanAskedFor() {
			publish("a", "b", "c");

			assertThat(ids(receive(2))).containsExactly("a", "b");
			assertThat(ids(receive(2))).containsExactly("c");
		}

		@Test
		void startsDeliveryCountsAtOne() {
			publish("a");

			assertThat(receive(1)).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(1);
		}

		@Test
		void answersEmptyAtTheEndOfTheWait() {
			CompletableFuture<ReceivedBatch> poll = poll(1, 20);

			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(19));
			assertThat(poll).isNotDone();
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(1));

			assertThat(poll.join().events()).isEmpty();
			assertThat(waiting()).isZero();
		}

		@Test
		void wakesUpWhenAnEventIsPublished() {
			CompletableFuture<ReceivedBatch> poll = poll(10, 60);
			publish("a");

			assertThat(ids(poll.join().events())).containsExactly("a");
		}

		@Test
		void wakesUpWhenAnEventIsReleased() {
			publish("a");
			LockedEvent locked = receive(1).get(0);
			CompletableFuture<ReceivedBatch> poll = poll(10, 60);
			SubscriptionQueueTests.this.queue.release(List.of(locked.lockToken()), Duration.ZERO);

			assertThat(ids(poll.join().events())).containsExactly("a");
		}

		@Test
		void wakesUpWhenALockExpires() {
			publish("a");
			receive(1);
			CompletableFuture<ReceivedBatch> poll = poll(10, 120);
			SubscriptionQueueTests.this.clock.advance(LOCK.minusSeconds(1));
			assertThat(poll).isNotDone();
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(1));

			assertThat(poll.join().events()).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(2);
		}

		@Test
		void wakesUpWhenADelayEnds() {
			publish("a");
			SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()), Duration.ofSeconds(10));
			CompletableFuture<ReceivedBatch> poll = poll(10, 60);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(9));
			assertThat(poll).isNotDone();
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(1));

			assertThat(ids(poll.join().events())).containsExactly("a");
		}

		@Test
		void servesWaitingReceivesInTheirOrder() {
			CompletableFuture<ReceivedBatch> first = poll(1, 60);
			CompletableFuture<ReceivedBatch> second = poll(1, 60);
			publish("a", "b");

			assertThat(ids(first.join().events())).containsExactly("a");
			assertThat(ids(second.join().events())).containsExactly("b");
		}

		@Test
		void givesNothingToAReceiverThatWentAway() {
			Disposable gone = SubscriptionQueueTests.this.queue.receive(10, LOCK, Exchange.detached()).subscribe();
			assertThat(waiting()).isOne();
			gone.dispose();
			publish("a");

			assertThat(waiting()).isZero();
			assertThat(locks()).isEmpty();
			assertThat(SubscriptionQueueTests.this.queue.<Integer>read((books, queue) -> books.unread().size()))
				.isZero();
		}

		@Test
		void givesNothingToAReceiverThatWentAwayBeforeItsWaitBegan() {
			publish("a");
			StepVerifier.create(SubscriptionQueueTests.this.queue.receive(10, LOCK, Exchange.detached()), 0)
				.thenCancel()
				.verify();

			assertThat(locks()).isEmpty();
			assertThat(pending()).isOne();
		}

		@Test
		void keepsTheLocksOfAReceiverThatGoesAwayWhileItsAnswerIsOnTheWayAndBooksThem() {
			Disposable.Swap second = Disposables.swap();
			SubscriptionQueueTests.this.queue.receive(1, LOCK, Exchange.detached())
				.subscribe((first) -> second.dispose());
			second.replace(SubscriptionQueueTests.this.queue.receive(1, LOCK, Exchange.detached()).subscribe());
			publish("a", "b");

			List<UnreadAnswer> unread = SubscriptionQueueTests.this.queue.read((books, queue) -> books.unread());
			assertThat(unread)
				.containsExactly(new UnreadAnswer(START, List.of(locks().get(1).lockToken()), List.of("b")));
		}

		@Test
		void leavesNoTimerBehindAfterAnAnswer() {
			SubscriptionQueue shortLived = queue(EventGridSettings.builder().timeToLive(Duration.ofSeconds(5)).build());
			CompletableFuture<ReceivedBatch> poll = Wire
				.start(shortLived.receive(1, Duration.ofSeconds(60), Exchange.detached()));
			shortLived.publish(List.of(event("a")));
			shortLived.acknowledge(List.of(poll.join().events().get(0).lockToken()));
			SubscriptionQueueTests.this.clock.advance(LOCK);

			assertThat(SubscriptionQueueTests.this.clock.nextTimer()).isNull();
		}

		@Test
		void answersWaitingReceivesEmptyWhenItCloses() {
			CompletableFuture<ReceivedBatch> poll = poll(10, 60);
			SubscriptionQueueTests.this.queue.close();

			assertThat(poll.join().events()).isEmpty();
			assertThat(SubscriptionQueueTests.this.clock.nextTimer()).isNull();
		}

	}

	@Nested
	class Locks {

		@Test
		void hideAnEventUntilTheyExpire() {
			publish("a");
			receive(1);
			CompletableFuture<ReceivedBatch> poll = poll(1, 10);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(10));
			assertThat(poll.join().events()).isEmpty();

			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(50));
			assertThat(receive(1)).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(2);
		}

		@Test
		void loseTheirTokenWhenTheyExpire() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			SubscriptionQueueTests.this.clock.advance(LOCK);

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).failed())
				.containsExactly(new TokenFailure(token, TokenFailure.Code.TOKEN_LOST));
		}

		@Test
		void lastUntilTheLastMoment() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			SubscriptionQueueTests.this.clock.advance(LOCK.minusMillis(1));

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).succeeded())
				.containsExactly(token);
		}

		@Test
		void areShownInTheBooks() {
			publish("a");
			String token = receive(1).get(0).lockToken();

			assertThat(locks()).containsExactly(new OpenLock(token, "a", 1, START, START.plus(LOCK)));
		}

		@Test
		void canBeTakenAway() {
			publish("a");
			String token = receive(1).get(0).lockToken();

			assertThat(SubscriptionQueueTests.this.queue.expireLock(token)).isTrue();
			assertThat(SubscriptionQueueTests.this.queue.expireLock(token)).isFalse();
			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).failed()).hasSize(1);
			assertThat(receive(1)).hasSize(1);
		}

		@Test
		void areRenewedForAnotherLockDurationUnderTheSameToken() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(50));
			assertThat(SubscriptionQueueTests.this.queue.renew(List.of(token)).succeeded()).containsExactly(token);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(59));

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).succeeded())
				.containsExactly(token);
		}

		@Test
		void areNotRenewedLaterThanAnHourAfterTheFirstLock() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			for (int minute = 0; minute < 72; minute++) {
				SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(50));
				assertThat(SubscriptionQueueTests.this.queue.renew(List.of(token)).failed()).isEmpty();
			}
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(1));

			assertThat(SubscriptionQueueTests.this.queue.renew(List.of(token)).failed())
				.containsExactly(new TokenFailure(token, TokenFailure.Code.TOKEN_LOST));
			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).succeeded())
				.containsExactly(token);
		}

		@Test
		void expireInTheRightOrderWhenSomeWereRenewed() {
			publish("a", "b");
			List<LockedEvent> locked = receive(2);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(30));
			SubscriptionQueueTests.this.queue.renew(List.of(locked.get(0).lockToken()));
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(30));

			assertThat(ids(receive(2))).containsExactly("b");
		}

	}

	@Nested
	class Settling {

		@Test
		void removesAcknowledgedEvents() {
			publish("a");
			String token = receive(1).get(0).lockToken();

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).succeeded())
				.containsExactly(token);
			assertThat(pending()).isZero();
			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).failed())
				.containsExactly(new TokenFailure(token, TokenFailure.Code.TOKEN_LOST));
		}

		@Test
		void succeedsPartiallyInAMixedRequest() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			Settlement settlement = SubscriptionQueueTests.this.queue.acknowledge(List.of("faketoken", token));

			assertThat(settlement.succeeded()).containsExactly(token);
			assertThat(settlement.failed()).containsExactly(new TokenFailure("faketoken", TokenFailure.Code.BAD_TOKEN));
		}

		@Test
		void takesADuplicateOnceAndCallsTheOtherLost() {
			publish("a");
			String token = receive(1).get(0).lockToken();
			Settlement settlement = SubscriptionQueueTests.this.queue.acknowledge(List.of(token, token));

			assertThat(settlement.succeeded()).containsExactly(token);
			assertThat(settlement.failed()).containsExactly(new TokenFailure(token, TokenFailure.Code.TOKEN_LOST));
		}

		@Test
		void doesNotKnowTheTokensOfAnotherSubscription() {
			SubscriptionQueue other = new SubscriptionQueue(EventGridSettings.defaults(),
					SubscriptionQueueTests.this.clock, 2);
			other.publish(List.of(event("a")));
			String token = other.receive(1, LOCK, Exchange.detached())
				.blockOptional()
				.orElseThrow()
				.events()
				.get(0)
				.lockToken();

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(token)).failed())
				.containsExactly(new TokenFailure(token, TokenFailure.Code.BAD_TOKEN));
		}

		@Test
		void redeliversReleasedEventsWithAHigherCount() {
			publish("a");
			SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()), Duration.ZERO);

			assertThat(receive(1)).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(2);
		}

		@ParameterizedTest
		@ValueSource(ints = { 10, 60, 600, 3600 })
		void keepsReleasedEventsBackForTheDelay(int seconds) {
			publish("a");
			SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()),
					Duration.ofSeconds(seconds));
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(seconds - 1));
			CompletableFuture<ReceivedBatch> poll = poll(1, 120);
			assertThat(poll).isNotDone();
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(1));

			assertThat(poll.join().events()).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(2);
		}

		@Test
		void deadLettersRejectedEvents() {
			publish("a");
			SubscriptionQueueTests.this.queue.reject(List.of(receive(1).get(0).lockToken()));

			assertThat(pending()).isZero();
			assertThat(deadLetters())
				.containsExactly(new DeadLetter("a", "/tests", json("a"), DeadLetter.Reason.REJECTED, 1, START, START));
		}

		@Test
		void countsRequestsAndTokens() {
			publish("a", "b", "c");
			List<String> tokens = receive(3).stream().map(LockedEvent::lockToken).toList();
			SubscriptionQueueTests.this.queue.acknowledge(tokens);
			SubscriptionQueueTests.this.queue.acknowledge(List.of(tokens.get(0)));

			OperationCount count = SubscriptionQueueTests.this.queue
				.read((books, queue) -> books.operation(EventGridOperation.ACKNOWLEDGE));
			assertThat(count).isEqualTo(new OperationCount(2, 4, 1));
			assertThat(count.meanItems()).isEqualTo(2.0);
		}

	}

	@Nested
	class GivingUp {

		@Test
		void deadLettersAnEventWhoseLastDeliveryWasNotAcknowledged() {
			SubscriptionQueueTests.this.queue = queue(EventGridSettings.builder().maxDeliveryCount(3).build());
			publish("a");
			for (int delivery = 1; delivery <= 3; delivery++) {
				assertThat(receive(1)).singleElement().extracting(LockedEvent::deliveryCount).isEqualTo(delivery);
				SubscriptionQueueTests.this.clock.advance(LOCK);
			}

			assertThat(pending()).isZero();
			assertThat(deadLetters()).singleElement().satisfies((letter) -> {
				assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.MAX_DELIVERY_COUNT_EXCEEDED);
				assertThat(letter.deliveryCount()).isEqualTo(3);
				assertThat(letter.deadLetteredAt()).isEqualTo(START.plusSeconds(180));
			});
		}

		@Test
		void deadLettersAnEventThatWasReleasedTenTimes() {
			publish("a");
			for (int i = 0; i < 10; i++) {
				SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()), Duration.ZERO);
			}

			assertThat(deadLetters()).singleElement()
				.extracting(DeadLetter::reason)
				.isEqualTo(DeadLetter.Reason.MAX_DELIVERY_COUNT_EXCEEDED);
		}

		@Test
		void deadLettersAnEventNobodyReceivedInItsTimeToLive() {
			publish("a");
			SubscriptionQueueTests.this.clock.advance(Duration.ofDays(7).minusMillis(1));
			assertThat(pending()).isOne();
			SubscriptionQueueTests.this.clock.advance(Duration.ofMillis(1));

			assertThat(pending()).isZero();
			assertThat(deadLetters()).singleElement()
				.extracting(DeadLetter::reason, DeadLetter::deliveryCount)
				.containsExactly(DeadLetter.Reason.TIME_TO_LIVE_EXCEEDED, 0);
		}

		@Test
		void boundsADelayByTheTimeToLive() {
			SubscriptionQueueTests.this.queue = queue(
					EventGridSettings.builder().timeToLive(Duration.ofMinutes(10)).build());
			publish("a");
			SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()), Duration.ofHours(1));
			SubscriptionQueueTests.this.clock.advance(Duration.ofMinutes(10));

			assertThat(deadLetters()).singleElement()
				.extracting(DeadLetter::reason)
				.isEqualTo(DeadLetter.Reason.TIME_TO_LIVE_EXCEEDED);
		}

		@Test
		void letsALockOutliveTheTimeToLive() {
			SubscriptionQueueTests.this.queue = queue(
					EventGridSettings.builder().timeToLive(Duration.ofSeconds(90)).build());
			publish("a", "b");
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(80));
			List<LockedEvent> locked = receive(2);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(50));

			assertThat(SubscriptionQueueTests.this.queue.acknowledge(List.of(locked.get(0).lockToken())).succeeded())
				.hasSize(1);
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(10));
			assertThat(deadLetters()).singleElement().satisfies((letter) -> {
				assertThat(letter.eventId()).isEqualTo("b");
				assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.TIME_TO_LIVE_EXCEEDED);
			});
		}

		@Test
		void keepsNoMoreDeadLettersThanTheLimit() {
			SubscriptionQueueTests.this.queue = queue(EventGridSettings.builder().deadLetterLimit(2).build());
			publish("a", "b", "c");
			SubscriptionQueueTests.this.queue.reject(receive(3).stream().map(LockedEvent::lockToken).toList());

			assertThat(deadLetters()).extracting(DeadLetter::eventId).containsExactly("b", "c");
			assertThat(
					SubscriptionQueueTests.this.queue.<Long>read((books, queue) -> books.deadLetterCount()).intValue())
				.isEqualTo(3);
		}

	}

	@Nested
	class History {

		@Test
		void tellsEverythingThatHappenedToAnEvent() {
			publish("a");
			SubscriptionQueueTests.this.queue.release(List.of(receive(1).get(0).lockToken()), Duration.ofSeconds(10));
			SubscriptionQueueTests.this.clock.advance(Duration.ofSeconds(10));
			receive(1);
			SubscriptionQueueTests.this.clock.advance(LOCK);
			String token = receive(1).get(0).lockToken();
			SubscriptionQueueTests.this.queue.renew(List.of(token));
			SubscriptionQueueTests.this.queue.acknowledge(List.of(token));

			EventHistory history = SubscriptionQueueTests.this.queue.read((books, queue) -> books.history("a"))
				.orElseThrow();
			assertThat(history.steps()).extracting(EventStep::kind)
				.containsExactly(EventStep.Kind.PUBLISHED, EventStep.Kind.DELIVERED, EventStep.Kind.RELEASED,
						EventStep.Kind.DELIVERED, EventStep.Kind.LOCK_EXPIRED, EventStep.Kind.DELIVERED,
						EventStep.Kind.RENEWED, EventStep.Kind.ACKNOWLEDGED);
			assertThat(history.steps()).extracting(EventStep::deliveryCount).containsExactly(0, 1, 1, 2, 2, 3, 3, 3);
			assertThat(history.count(EventStep.Kind.DELIVERED)).isEqualTo(3);
		}

		@Test
		void forgetsTheOldestEventsBeyondItsLimit() {
			SubscriptionQueueTests.this.queue = queue(EventGridSettings.builder().historyLimit(2).build());
			publish("a", "b", "c");

			List<EventHistory> histories = SubscriptionQueueTests.this.queue.read((books, queue) -> books.histories());
			assertThat(histories).extracting(EventHistory::eventId).containsExactly("b", "c");
		}

		@Test
		void isOffWithALimitOfZero() {
			SubscriptionQueueTests.this.queue = queue(EventGridSettings.builder().historyLimit(0).build());
			publish("a");
			SubscriptionQueueTests.this.queue.acknowledge(List.of(receive(1).get(0).lockToken()));

			List<EventHistory> histories = SubscriptionQueueTests.this.queue.read((books, queue) -> books.histories());
			assertThat(histories).isEmpty();
		}

	}

	@Nested
	class Tokens {

		@Test
		void areBase64WithAllItsSpecialCharacters() {
			LockTokens tokens = new LockTokens(42);
			List<String> minted = IntStream.range(0, 1000).mapToObj((i) -> tokens.mint()).toList();

			assertThat(minted).doesNotHaveDuplicates()
				.allMatch(tokens::isOurs)
				.allMatch((token) -> token.endsWith("="));
			assertThat(minted).anyMatch((token) -> token.contains("+")).anyMatch((token) -> token.contains("/"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "faketoken", "token-1", "CiYKJD", "ChAAAAAAAAAAAAAAAAAAAAAAAAA=" })
		void areNotGuessed(String garbage) {
			assertThat(new LockTokens(42).isOurs(garbage)).isFalse();
		}

	}

	private SubscriptionQueue queue(EventGridSettings settings) {
		return new SubscriptionQueue(settings, this.clock, 1);
	}

	private void publish(String... ids) {
		this.queue.publish(Stream.of(ids).map(this::event).toList());
	}

	private StoredEvent event(String id) {
		return new StoredEvent(id, "/tests", json(id).getBytes(StandardCharsets.UTF_8), this.clock.now());
	}

	private static String json(String id) {
		return "{\"id\":\"" + id + "\"}";
	}

	private List<LockedEvent> receive(int maxEvents) {
		CompletableFuture<ReceivedBatch> poll = poll(maxEvents, 10);
		assertThat(poll).isDone();
		return poll.join().events();
	}

	private CompletableFuture<ReceivedBatch> poll(int maxEvents, int seconds) {
		return Wire.start(this.queue.receive(maxEvents, Duration.ofSeconds(seconds), Exchange.detached()));
	}

	private int waiting() {
		return this.queue.<Integer>read((books, queue) -> queue.waitingCount());
	}

	private int pending() {
		return this.queue.<Integer>read((books, queue) -> queue.pendingCount());
	}

	private List<OpenLock> locks() {
		return this.queue.read((books, queue) -> queue.openLocks());
	}

	private List<DeadLetter> deadLetters() {
		return this.queue.read((books, queue) -> books.deadLetters());
	}

	private static List<String> ids(List<LockedEvent> events) {
		List<String> ids = new ArrayList<>();
		events.forEach((locked) -> ids.add(locked.event().id()));
		return ids;
	}

}
