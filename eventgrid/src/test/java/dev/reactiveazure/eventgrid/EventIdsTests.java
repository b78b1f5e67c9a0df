package dev.reactiveazure.eventgrid;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventIds}, compared with arithmetic on UUIDs.
 */
class EventIdsTests {

	private static final long COUNTED = 0xffff_ffff_ffffL;

	private final Random random = new Random(8);

	private final List<UUID> drawn = new ArrayList<>();

	private final MovableClock clock = new MovableClock();

	private final EventIds ids = new EventIds(this::draw, this.clock);

	private UUID draw() {
		UUID next = new UUID(this.random.nextLong(), this.random.nextLong());
		this.drawn.add(next);
		return next;
	}

	private static String plus(UUID id, long places) {
		long least = id.getLeastSignificantBits();
		return new UUID(id.getMostSignificantBits(), (least & ~COUNTED) | ((least + places) & COUNTED)).toString();
	}

	@Test
	void countOnFromARandomId() {
		List<String> given = IntStream.range(0, 300).mapToObj((i) -> this.ids.get()).toList();
		assertThat(this.drawn).hasSize(1);
		for (int i = 0; i < given.size(); i++) {
			assertThat(given.get(i)).isEqualTo(plus(this.drawn.get(0), i));
		}
	}

	@Test
	void countOnPastTheLargestNumber() {
		UUID last = new UUID(1, -1);
		EventIds ids = new EventIds(() -> last, this.clock);
		assertThat(ids.get()).isEqualTo(last.toString());
		assertThat(ids.get()).isEqualTo("00000000-0000-0001-ffff-000000000000");
	}

	@Test
	void areRandomAgainAfterASecond() {
		this.ids.get();
		this.clock.move(999);
		this.ids.get();
		assertThat(this.drawn).hasSize(1);
		this.clock.move(1);
		assertThat(this.ids.get()).isEqualTo(this.drawn.get(1).toString());
	}

	@Test
	void areRandomAgainWhenTheClockIsSetBack() {
		this.ids.get();
		this.clock.move(-1);
		assertThat(this.ids.get()).isEqualTo(this.drawn.get(1).toString());
	}

	@Test
	void areRandomAgainAfterManyIds() {
		Set<String> given = new HashSet<>();
		for (int i = 0; i < 65_537; i++) {
			given.add(this.ids.get());
		}
		assertThat(given).hasSize(65_537).contains(this.drawn.get(1).toString());
		assertThat(this.drawn).hasSize(2);
	}

	@Test
	void areUniqueAcrossThreads() throws InterruptedException {
		EventIds shared = new EventIds();
		Set<String> given = ConcurrentHashMap.newKeySet();
		CountDownLatch ready = new CountDownLatch(4);
		List<Thread> threads = IntStream.range(0, 4).mapToObj((i) -> new Thread(() -> {
			ready.countDown();
			await(ready);
			for (int n = 0; n < 50_000; n++) {
				given.add(shared.get());
			}
		})).toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(30_000);
		}
		assertThat(given).hasSize(200_000);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class MovableClock extends Clock {

		private Instant now = Instant.parse("2026-01-02T03:04:05Z");

		void move(long millis) {
			this.now = this.now.plusMillis(millis);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
