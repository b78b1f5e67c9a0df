package dev.reactiveazure.tables;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineFeeds}, compared with a plain loop on random input.
 */
class LineFeedsTests {

	private static final byte[] NEAR_MISSES = { '\n', '\n' + 1, '\n' - 1, (byte) ('\n' | 0x80), 0, -1, 'a' };

	private final Random random = new Random(6);

	@Test
	void areFoundWhereAPlainLoopFindsThem() {
		for (int i = 0; i < 100_000; i++) {
			byte[] bytes = new byte[this.random.nextInt(40)];
			this.random.nextBytes(bytes);
			for (int j = this.random.nextInt(4); j > 0 && bytes.length > 0; j--) {
				bytes[this.random.nextInt(bytes.length)] = NEAR_MISSES[this.random.nextInt(NEAR_MISSES.length)];
			}
			int to = this.random.nextInt(bytes.length + 1);
			int from = this.random.nextInt(to + 1);
			assertThat(LineFeeds.next(bytes, from, to)).isEqualTo(plain(bytes, from, to));
		}
	}

	private static int plain(byte[] bytes, int from, int to) {
		int at = from;
		while (at < to && bytes[at] != '\n') {
			at++;
		}
		return at;
	}

}
