package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DayTexts}, compared with the JDK on random input.
 */
class DayTextsTests {

	private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay();

	private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

	private final DayTexts days = new DayTexts();

	@Test
	void writesWhatTheJdkWritesForDaysThatComeAgain() {
		Random random = new Random(91);
		for (int i = 0; i < 2_000; i++) {
			long around = random.nextLong(FIRST + 5, LAST - 5);
			for (int j = 0; j < 20; j++) {
				long day = around + random.nextInt(-5, 6);
				assertThat(write(day)).isEqualTo(LocalDate.ofEpochDay(day) + "T");
			}
		}
	}

	@Test
	void knowsNoDayAtFirst() {
		for (long day : new long[] { 0, 1, 2, 3, FIRST, LAST }) {
			assertThat(write(day)).isEqualTo(LocalDate.ofEpochDay(day) + "T");
		}
	}

	@Test
	void forgetsADayThatHasNoText() {
		for (long day : new long[] { FIRST - 1, LAST + 1, FIRST - 1 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> write(day));
		}
		for (long day = LAST - 4; day <= LAST; day++) {
			assertThat(write(day)).isEqualTo(LocalDate.ofEpochDay(day) + "T");
		}
	}

	private String write(long day) {
		byte[] target = new byte[13];
		int end = this.days.write(target, 1, day);
		return new String(target, 1, end - 1, StandardCharsets.US_ASCII);
	}

}
