package dev.reactiveazure.tables.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Makes rows of all types under any legal keys from a seeded source, values at the ends
 * of their ranges among them.
 */
final class RandomRows {

	/**
	 * An entity that belongs to no client.
	 */
	record Row(String partitionKey, String rowKey, Map<String, Object> properties) {
	}

	private static final long FIRST_SECOND = Instant.parse("1601-01-01T00:00:00Z").getEpochSecond();

	private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

	private static final List<String> NAMES = List.of("a", "A", "_under", "camelCase", "n1", "\u00e9t\u00e9",
			"\u4e2d\u6587", "value", "type", "Etag", "id", "PartitionKey2");

	private static final List<Object> ENDS = List.of("", "'", "\"\\", "\u0000", "\ud83d\ude00", "null", "NaN", "5", 0,
			-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, 0.0, -1.0, 5.0,
			Double.MIN_VALUE, 1e300, 1e-7, 1e21, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
			new byte[0], new byte[] { -1 }, Instant.parse("1601-01-01T00:00:00Z"),
			Instant.parse("9999-12-31T23:59:59.9999999Z"), Instant.parse("2026-01-01T00:00:00Z"), new UUID(0, 0),
			new UUID(-1, -1));

	private final Random random;

	RandomRows(long seed) {
		this.random = new Random(seed);
	}

	List<Row> next(int count) {
		List<Row> rows = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			rows.add(next(Integer.toString(i, 36)));
		}
		return rows;
	}

	private Row next(String unique) {
		Map<String, Object> properties = new LinkedHashMap<>();
		int count = this.random.nextInt(10);
		for (int i = 0; i < count; i++) {
			properties.put(NAMES.get(this.random.nextInt(NAMES.size())), value());
		}
		boolean unequalPartition = this.random.nextBoolean();
		String partition = key(unequalPartition ? this.random.nextInt(30) : 0);
		String row = key(this.random.nextInt((this.random.nextInt(50) == 0) ? 500 : 12)) + unique;
		return new Row(partition, row, properties);
	}

	private Object value() {
		return switch (this.random.nextInt(10)) {
			case 0 -> text(this.random.nextInt(80));
			case 1 -> this.random.nextInt();
			case 2 -> this.random.nextLong();
			case 3 -> this.random.nextGaussian() * Math.pow(10, this.random.nextInt(40) - 20);
			case 4 -> (double) this.random.nextInt(1000);
			case 5 -> this.random.nextBoolean();
			case 6 -> Instant.ofEpochSecond(this.random.nextLong(FIRST_SECOND, LAST_SECOND),
					this.random.nextInt(10_000_000) * 100L);
			case 7 -> new UUID(this.random.nextLong(), this.random.nextLong());
			case 8 -> bytes();
			default -> ENDS.get(this.random.nextInt(ENDS.size()));
		};
	}

	private byte[] bytes() {
		byte[] bytes = new byte[this.random.nextInt(100)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private String key(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			int c = character();
			boolean forbidden = c < 0x20 || (c >= 0x7f && c <= 0x9f) || "/\\#?".indexOf(c) >= 0;
			if (!forbidden) {
				text.appendCodePoint(c);
			}
		}
		return text.toString();
	}

	private String text(int length) {
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			text.appendCodePoint(character());
		}
		return text.toString();
	}

	private int character() {
		int c = switch (this.random.nextInt(6)) {
			case 0 -> this.random.nextInt(0x20, 0x300);
			case 1 -> this.random.nextInt(0x300, 0xd800);
			case 2 -> this.random.nextInt(0x1f300, 0x1f600);
			default -> this.random.nextInt(0x20, 0x7f);
		};
		return Character.isDefined(c) ? c : ' ';
	}

}
