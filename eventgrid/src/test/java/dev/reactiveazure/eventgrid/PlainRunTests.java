package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainRun}, compared with a loop on random input.
 */
class PlainRunTests {

	private final Random random = new Random(11);

	@Test
	void endsWhereALoopEnds() {
		for (int i = 0; i < 200_000; i++) {
			byte[] json = new byte[this.random.nextInt(40)];
			int odds = 1 + this.random.nextInt(40);
			for (int j = 0; j < json.length; j++) {
				json[j] = (byte) ((this.random.nextInt(odds) == 0) ? this.random.nextInt(256)
						: ' ' + this.random.nextInt(96));
			}
			int from = this.random.nextInt(json.length + 1);
			int end = from + this.random.nextInt(json.length - from + 1);
			assertThat(PlainRun.end(json, from, end)).as("%s from %s to %s", json, from, end)
				.isEqualTo(byLoop(json, from, end));
		}
	}

	@Test
	void stopsAtEachOddByteInEachPlaceOfAWord() {
		for (int value = 0; value < 256; value++) {
			for (int place = 0; place < 16; place++) {
				byte[] json = "abcdefgh~ !#[]\u007fz".getBytes(StandardCharsets.US_ASCII);
				json[place] = (byte) value;
				assertThat(PlainRun.end(json, 0, json.length)).isEqualTo(byLoop(json, 0, json.length));
			}
		}
	}

	private static int byLoop(byte[] json, int from, int end) {
		for (int i = from; i < end; i++) {
			byte b = json[i];
			if (b < 0x20 || b == '"' || b == '\\') {
				return i;
			}
		}
		return end;
	}

}
