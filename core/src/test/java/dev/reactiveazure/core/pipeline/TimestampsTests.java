package dev.reactiveazure.core.pipeline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Timestamps}, compared with {@link DateTimeFormatter} on random input.
 */
class TimestampsTests {

	private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

	private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

	@Test
	void readsWhatTheJdkWrites() {
		Random random = new Random(45);
		for (int i = 0; i < 20_000; i++) {
			Instant instant = Instant.ofEpochSecond(random.nextLong(FIRST, LAST), random.nextInt(1_000_000_000));
			ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-600, 600));
			String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
			if (text.length() >= 20 && text.charAt(4) == '-' && text.charAt(0) != '-') {
				assertThat(Timestamps.parse(text)).as(text).isEqualTo(OffsetDateTime.parse(text).toInstant());
			}
		}
	}

	@Test
	void writesWhatTheJdkReadsCutToHundredNanoseconds() {
		Random random = new Random(46);
		for (int i = 0; i < 20_000; i++) {
			Instant instant = Instant.ofEpochSecond(random.nextLong(FIRST, LAST), random.nextInt(1_000_000_000));
			Instant cut = instant.minusNanos(instant.getNano() % 100);
			assertThat(Instant.parse(Timestamps.format(instant))).isEqualTo(cut);
		}
	}

	@Test
	void writesNoMoreFractionThanThereIs() {
		assertThat(Timestamps.format(Instant.parse("1973-10-04T00:00:00Z"))).isEqualTo("1973-10-04T00:00:00Z");
		assertThat(Timestamps.format(Instant.parse("2026-01-02T03:04:48.4767Z")))
			.isEqualTo("2026-01-02T03:04:48.4767Z");
	}

	@Test
	void readsTheOdditiesOfOthers() {
		Instant expected = Instant.parse("2026-01-02T03:04:05Z");
		assertThat(Timestamps.parse("2026-01-02t03:04:05z")).isEqualTo(expected);
		assertThat(Timestamps.parse("2026-01-02T03:04:05")).isEqualTo(expected);
		assertThat(Timestamps.parse("2026-01-02T03:04:05+0000")).isEqualTo(expected);
		assertThat(Timestamps.parse("2026-01-02T04:04:05.000000000+01:00")).isEqualTo(expected);
	}

	@Test
	void refusesWhatIsNoTimestamp() {
		for (String text : new String[] { "", "2026", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
				"2026-01-02T24:00:00Z", "2026-01-02T03:04Z", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05.1234567890Z",
				"2026-01-02T03:04:05Zx", "2026-01-02T03:04:05+19:00", "x026-01-02T03:04:05Z" }) {
			assertThatExceptionOfType(DateTimeParseException.class).as(text).isThrownBy(() -> Timestamps.parse(text));
		}
	}

	@Test
	void readsTheUsualFormOutOfAnArrayAsTheJdkDoes() {
		Random random = new Random(47);
		for (int i = 0; i < 20_000; i++) {
			int unit = (int) Math.pow(10, random.nextInt(10));
			Instant instant = Instant.ofEpochSecond(random.nextLong(FIRST, LAST),
					(long) random.nextInt(1_000_000_000 / unit) * unit);
			String text = Timestamps.format(instant.minusNanos(instant.getNano() % 100));
			assertThat(plain(text)).as(text).isEqualTo(Instant.parse(text));
			assertThat(plain(instant.toString())).isEqualTo(instant);
		}
	}

	@Test
	void findsNothingInAnArrayThatHoldsAnotherForm() {
		Random random = new Random(48);
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder("2026-01-02T03:04:05.1234567Z");
			for (int changes = random.nextInt(3); changes >= 0; changes--) {
				text.setCharAt(random.nextInt(text.length()), (char) (0x20 + random.nextInt(0x60)));
			}
			Instant plain = plain(text.toString());
			if (plain != null) {
				assertThat(plain).isEqualTo(Instant.parse(text));
			}
		}
		for (String text : new String[] { "", "2026-01-02T03:04:05", "2026-01-02t03:04:05z", "2026-01-02T03:04:05.Z",
				"2026-01-02T03:04:05.1234567890Z", "2026-01-02T03:04:05+00:00", "2026-02-29T00:00:00Z",
				"2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2016-12-31T23:59:60Z", "2026-01-02T24:00:00Z" }) {
			assertThat(plain(text)).as(text).isNull();
		}
	}

	private static @Nullable Instant plain(String text) {
		char[] array = ("--" + text + "--").toCharArray();
		return Timestamps.parsePlain(array, 2, text.length());
	}

	@Test
	void refusesToWriteAYearOfFiveDigits() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Timestamps.format(Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1)));
	}

}
