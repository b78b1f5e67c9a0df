package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What one subscription remembers for those who ask: counts without bound, everything
 * else up to the limits of the settings. Guarded by the lock of its
 * {@link SubscriptionQueue}.
 */
final class QueueBooks {

	private final Map<EventGridOperation, OperationCount> operations = new EnumMap<>(EventGridOperation.class);

	private final Recent<EventTrail> trails;

	private final Recent<DeadLetterEntry> deadLetters;

	private final Recent<UnreadAnswer> unread;

	private long deadLetterCount;

	QueueBooks(EventGridSettings settings) {
		this.trails = new Recent<>(settings.historyLimit());
		this.deadLetters = new Recent<>(settings.deadLetterLimit());
		this.unread = new Recent<>(settings.deadLetterLimit());
	}

	@Nullable EventTrail trail(StoredEvent event) {
		if (!this.trails.remembers()) {
			return null;
		}
		EventTrail trail = new EventTrail(event);
		this.trails.add(trail);
		return trail;
	}

	void count(EventGridOperation operation, int items, int failedTokens) {
		this.operations.merge(operation, OperationCount.NONE.plus(items, failedTokens),
				(before, ignored) -> before.plus(items, failedTokens));
	}

	void deadLetter(Delivery delivery, DeadLetter.Reason reason, Instant at) {
		this.deadLetterCount++;
		this.deadLetters.add(new DeadLetterEntry(delivery.event, reason, delivery.count, at));
	}

	void unread(ReceivedBatch batch, Instant at) {
		this.unread.add(new UnreadAnswer(at, batch.events().stream().map(LockedEvent::lockToken).toList(),
				batch.events().stream().map((locked) -> locked.event().id()).toList()));
	}

	OperationCount operation(EventGridOperation operation) {
		return this.operations.getOrDefault(operation, OperationCount.NONE);
	}

	List<DeadLetter> deadLetters() {
		return this.deadLetters.stream().map(DeadLetterEntry::snapshot).toList();
	}

	long deadLetterCount() {
		return this.deadLetterCount;
	}

	List<UnreadAnswer> unread() {
		return this.unread.snapshot();
	}

	Optional<EventHistory> history(String eventId) {
		return this.trails.stream()
			.filter((trail) -> trail.isAbout(eventId))
			.reduce((earlier, later) -> later)
			.map(EventTrail::snapshot);
	}

	List<EventHistory> histories() {
		return this.trails.stream().map(EventTrail::snapshot).toList();
	}

	/** Keeps the shared bytes; text is made when somebody asks. */
	private record DeadLetterEntry(StoredEvent event, DeadLetter.Reason reason, int deliveryCount, Instant at) {

		DeadLetter snapshot() {
			return new DeadLetter(this.event.id(), this.event.source(), this.event.text(), this.reason,
					this.deliveryCount, this.event.publishedAt(), this.at);
		}

	}

}
