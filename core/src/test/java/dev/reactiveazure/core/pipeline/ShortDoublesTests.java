package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShortDoubles}, compared with the JDK on random input.
 */
class ShortDoublesTests {

	private final Random random = new Random(3);

	private static @Nullable String text(double value) {
		byte[] target = new byte[ShortDoubles.LONGEST + 1];
		int end = ShortDoubles.write(value, target, 1);
		return (end > 0) ? new String(target, 1, end - 1, StandardCharsets.US_ASCII) : null;
	}

	@Test
	void writeWhatTheJdkWritesForUpToFourDecimals() {
		for (int i = 0; i < 200_000; i++) {
			long scale = (long) Math.pow(10, this.random.nextInt(5));
			double value = (double) this.random.nextLong(-10_000_000 * scale + 1, 10_000_000 * scale) / scale;
			String text = text(value);
			if (value == 0 || Math.abs(value) >= 1e-3) {
				assertThat(text).isEqualTo(Double.toString(value));
			}
		}
	}

	@Test
	void writeNothingOrWhatTheJdkWritesForAnyOther() {
		for (int i = 0; i < 200_000; i++) {
			double value = switch (this.random.nextInt(4)) {
				case 0 -> Double.longBitsToDouble(this.random.nextLong());
				case 1 -> this.random.nextDouble();
				case 2 -> Math.nextUp(this.random.nextInt(100_000) / 100.0);
				default -> this.random.nextInt(1_000_000) / 1e6;
			};
			String text = text(value);
			if (text != null) {
				assertThat(text).isEqualTo(Double.toString(value));
			}
		}
	}

	@Test
	void leaveOutWhatHasAnExponentOrIsNoNumber() {
		for (double value : new double[] { 1e7, -1e7, 1e-4, 9e-4, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN,
				Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.00001, 1.00001 }) {
			assertThat(text(value)).isNull();
		}
	}

	@Test
	void writeTheEnds() {
		assertThat(text(0.0)).isEqualTo("0.0");
		assertThat(text(-0.0)).isEqualTo("-0.0");
		assertThat(text(-9999999.9999)).isEqualTo("-9999999.9999");
		assertThat(text(0.001)).isEqualTo("0.001");
		assertThat(text(1.5)).isEqualTo("1.5");
	}

}
