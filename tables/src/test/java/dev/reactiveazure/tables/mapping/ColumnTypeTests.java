package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class ColumnTypeTests {

	private static final String[] TEXTS = { "", "it's", "\"quoted\"", "\uD83D\uDE00", "tab\tline\n", "\u00e4/\\#?%" };

	private final TablesService service;

	private final MappedTable table;

	ColumnTypeTests(TablesService service) {
		this.service = service;
		this.table = new MappedTable(service);
	}

	@AfterEach
	void close() {
		this.table.close();
	}

	@Test
	@Requirement("T8")
	void keepsExtremesOfEveryType() {
		Values least = new Values("p", "least", Byte.MIN_VALUE, Short.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE,
				-Float.MAX_VALUE, Double.NEGATIVE_INFINITY, false, 'a', "", Kind.OLD, new BigDecimal("-1E-20"),
				BigInteger.TWO.pow(200).negate(), LocalDate.of(1, 1, 1), LocalTime.MIN, LocalDateTime.of(1, 1, 1, 0, 0),
				Duration.ofNanos(-1), Period.ofDays(-3), ZoneOffset.UTC, URI.create(""), new UUID(0, 0),
				Instant.parse("1601-01-01T00:00:00Z"), OffsetDateTime.parse("1601-01-01T00:00:00Z"),
				ZonedDateTime.of(1601, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new byte[0], ByteBuffer.allocate(0),
				Optional.empty());
		Values most = new Values("p", "most", Byte.MAX_VALUE, Short.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE,
				Float.MIN_VALUE, Double.NaN, true, '\u20ac', "\uD83D\uDE00 'quoted'", Kind.NEW,
				new BigDecimal("12345678901234567890.12345678901234567890"), BigInteger.TWO.pow(200),
				LocalDate.of(9999, 12, 31), LocalTime.MAX, LocalDateTime.of(9999, 12, 31, 23, 59, 59, 1),
				Duration.ofDays(400).plusNanos(1), Period.of(1, 2, 3), ZoneId.of("Europe/Berlin"),
				URI.create("https://example.org/a?b=c"), new UUID(-1, -1),
				Instant.parse("9999-12-31T23:59:59.9999999Z"), OffsetDateTime.parse("2026-11-22T05:45:17.1234567Z"),
				ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 100, ZoneOffset.UTC), new byte[] { 0, -1 },
				ByteBuffer.wrap(new byte[] { 7 }), Optional.of("it"));

		assertSame(least);
		assertSame(most);
		// Azurite reads and writes JSON as JavaScript does, which loses the sign of zero.
		double zero = (this.service == TablesService.AZURITE) ? 0.0 : -0.0;
		Numbers numbers = new Numbers("p", "z", zero, Double.POSITIVE_INFINITY, 5.0);
		assertThat(this.table.insertAndFind(numbers)).isEqualTo(numbers);
	}

	@Test
	@Requirement("T8")
	void keepsRandomValues() {
		Random random = new Random(42);
		for (int i = 0; i < 40; i++) {
			assertSame(random(random, i));
		}
	}

	private void assertSame(Values values) {
		assertThat(this.table.insertAndFind(values)).usingRecursiveComparison()
			.withEqualsForType(Double::equals, Double.class)
			.withEqualsForType(Float::equals, Float.class)
			.isEqualTo(values);
	}

	private static Values random(Random random, int i) {
		Instant moment = Instant.ofEpochSecond(random.nextLong(-11_644_473_600L, 253_402_300_799L),
				random.nextInt(10_000_000) * 100L);
		byte[] bytes = new byte[random.nextInt(100)];
		random.nextBytes(bytes);
		LocalDateTime local = LocalDateTime.ofEpochSecond(random.nextLong(200_000_000_000L), random.nextInt(1_000),
				ZoneOffset.UTC);
		return new Values("p", "r" + i, (byte) random.nextInt(), (short) random.nextInt(), random.nextInt(),
				random.nextLong(), random.nextFloat(), Double.longBitsToDouble(random.nextLong() & ~(0x7ffL << 52)),
				random.nextBoolean(), (char) random.nextInt('!', 0xd800), TEXTS[random.nextInt(TEXTS.length)],
				Kind.values()[random.nextInt(2)], new BigDecimal(new BigInteger(80, random), random.nextInt(30)),
				new BigInteger(300, random), local.toLocalDate(), local.toLocalTime(), local,
				Duration.ofMillis(random.nextLong(1L << 40)), Period.ofDays(random.nextInt()),
				ZoneId.of("Europe/Paris"), URI.create("urn:" + random.nextInt(99)),
				new UUID(random.nextLong(), random.nextLong()), moment, moment.atOffset(ZoneOffset.UTC),
				moment.atZone(ZoneOffset.UTC), bytes, ByteBuffer.wrap(bytes),
				Optional.of(TEXTS[random.nextInt(TEXTS.length)]));
	}

	@Test
	@Requirement("T9")
	void readsNumbersOfOtherWidthsWhereTheyFit() {
		this.table.store(TableEntity.builder("p", "r")
			.put("small", 7L)
			.put("big", 8)
			.put("ratio", 3)
			.put("rough", 0.5)
			.put("exact", 12.25)
			.put("whole", 7L)
			.put("tiny", 3)
			.build());

		assertThat(this.table.find(TableKey.of("p", "r"), Widths.class)).isEqualTo(
				new Widths("p", "r", 7, 8L, 3.0, 0.5f, new BigDecimal("12.25"), BigInteger.valueOf(7), (byte) 3));
	}

	@Test
	@Requirement("T9")
	void namesEntityPropertyAndKeyOfNumbersThatDoNotFit() {
		this.table.store(TableEntity.builder("p", "int").put("small", 1L << 40).build());
		this.table.store(TableEntity.builder("p", "float").put("rough", 1e300).build());
		this.table.store(TableEntity.builder("p", "byte").put("tiny", 300).build());
		this.table.store(TableEntity.builder("p", "whole").put("whole", 1.5).build());

		assertRefused("int", "small");
		assertRefused("float", "rough");
		assertRefused("byte", "tiny");
		assertRefused("whole", "whole");
	}

	private void assertRefused(String row, String property) {
		assertThatException().isThrownBy(() -> this.table.find(TableKey.of("p", row), Widths.class))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("Widths 'p', '" + row + "'")
				.hasStackTraceContaining("'" + property + "'"));
	}

	@Test
	@Requirement("T10")
	void storesNumbersMomentsAndEnumsAsOtherTypes() {
		Others others = new Others("p", "r", 3, 5, 1L << 60, Instant.parse("2026-11-22T05:45:17.123Z"),
				Instant.parse("2026-11-22T05:45:17.1234567Z"), new UUID(1, 2), Kind.NEW, new BigDecimal("0.5"),
				BigInteger.TEN);

		assertThat(this.table.insertAndFind(others)).isEqualTo(others);
		assertThat(this.table.stored(others).properties()).containsEntry("quantity", 3L)
			.containsEntry("ratio", 5.0)
			.containsEntry("number", "1152921504606846976")
			.containsEntry("millis", 1_795_326_317_123L)
			.containsEntry("text", "2026-11-22T05:45:17.123456700Z")
			.containsEntry("guid", "00000000-0000-0001-0000-000000000002")
			.containsEntry("kind", 1)
			.containsEntry("share", 0.5)
			.containsEntry("large", 10L);
	}

	enum Kind {

		OLD, NEW

	}

	record Values(@PartitionKey String partition, @RowKey String row, byte b, short s, int i, long l, float f, double d,
			boolean flag, char c, String text, Kind kind, BigDecimal decimal, BigInteger whole, LocalDate day,
			LocalTime time, LocalDateTime local, Duration duration, Period period, ZoneId zone, URI uri, UUID guid,
			Instant moment, OffsetDateTime offset, ZonedDateTime zoned, byte[] bytes, ByteBuffer buffer,
			Optional<String> perhaps) {
	}

	record Numbers(@PartitionKey String partition, @RowKey String row, double zero, double infinite, double five) {
	}

	record Widths(@PartitionKey String partition, @RowKey String row, int small, long big, double ratio, float rough,
			@Nullable BigDecimal exact, @Nullable BigInteger whole, byte tiny) {
	}

	record Others(@PartitionKey String partition, @RowKey String row, @Property(type = EdmType.INT64) int quantity,
			@Property(type = EdmType.DOUBLE) int ratio, @Property(type = EdmType.STRING) long number,
			@Property(type = EdmType.INT64) Instant millis, @Property(type = EdmType.STRING) Instant text,
			@Property(type = EdmType.STRING) UUID guid, @Property(type = EdmType.INT32) Kind kind,
			@Property(type = EdmType.DOUBLE) BigDecimal share, @Property(type = EdmType.INT64) BigInteger large) {
	}

}
