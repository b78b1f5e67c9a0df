package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Gives ids of events in the form of UUIDs: a random one, and for a second at most those
 * that follow it, so that who publishes many pays for few random numbers.
 * <p>
 * As unique as random UUIDs: for two instances to give the same id, 74 random bits would
 * have to be equal, and what both count in the other 48 to overlap. An id that comes a
 * second after the latest random one is random itself. That also holds for processes that
 * are restored from one image (CRaC, snapshots of virtual machines): they go on with the
 * numbers of the image only if they run again within a second of its latest random id, by
 * the clock of the machine. No secret: who knows an id can guess the next.
 * <p>
 * Thread-safe.
 */
public final class EventIds implements Supplier<String> {

	/** How long ids follow a random one, in milliseconds. */
	private static final long LONGEST_RUN_MILLIS = 1_000;

	/** How many ids there are in a run at most. */
	private static final int MOST_OF_A_RUN = 65_536;

	private final Supplier<UUID> random;

	private final Clock clock;

	private volatile @Nullable Run run;

	/**
	 * Create a source of ids that draws from a {@link java.security.SecureRandom} and
	 * reads the clock of the machine.
	 */
	public EventIds() {
		this(UUID::randomUUID, Clock.systemUTC());
	}

	EventIds(Supplier<UUID> random, Clock clock) {
		this.random = random;
		this.clock = clock;
	}

	/**
	 * Return another id.
	 * @return 36 characters: lower-case hexadecimal digits in the groups of a UUID
	 */
	@Override
	public String get() {
		long now = this.clock.millis();
		Run current = this.run;
		String id = (current != null && current.isFresh(now)) ? current.next() : null;
		return (id != null) ? id : begin(now);
	}

	private String begin(long now) {
		Run next = new Run(this.random.get(), now);
		this.run = next;
		return next.first;
	}

	/**
	 * A random id and those that follow it.
	 */
	private static final class Run {

		private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

		private static final int LENGTH = 36;

		/** Where the digits begin that are counted on. */
		private static final int COUNTED_FROM = 24;

		private final String first;

		private final byte[] text;

		private final long counted;

		private final long beginMillis;

		private final AtomicInteger given = new AtomicInteger(1);

		Run(UUID first, long beginMillis) {
			this.first = first.toString();
			this.text = this.first.getBytes(StandardCharsets.ISO_8859_1);
			this.counted = first.getLeastSignificantBits();
			this.beginMillis = beginMillis;
		}

		/**
		 * Return whether ids may still follow. A clock that was set back says nothing of
		 * how much time has passed.
		 */
		boolean isFresh(long now) {
			return now >= this.beginMillis && now - this.beginMillis < LONGEST_RUN_MILLIS;
		}

		/**
		 * Return the next id; {@code null} when all are given.
		 */
		@Nullable String next() {
			int place = this.given.getAndIncrement();
			return (place > 0 && place < MOST_OF_A_RUN) ? id(place) : null;
		}

		private String id(int place) {
			byte[] id = this.text.clone();
			long rest = this.counted + place;
			for (int i = LENGTH - 1; i >= COUNTED_FROM; i--) {
				id[i] = HEX[(int) rest & 0xf];
				rest >>>= 4;
			}
			return new String(id, StandardCharsets.ISO_8859_1);
		}

	}

}
