package dev.reactiveazure.tables;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds ends of lines, eight bytes at a time: the answer to 100 operations has 50 KB, of
 * which hardly more is asked than where its lines end. Byte by byte that is a tenth of
 * the CPU of a transaction. Compared with a plain loop in {@code LineFeedsTests}.
 */
final class LineFeeds {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private LineFeeds() {
	}

	/**
	 * Return where the next line feed is.
	 * @param from where to begin to look
	 * @param to where to stop
	 * @return its index; {@code to} if there is none
	 */
	static int next(byte[] bytes, int from, int to) {
		int at = from;
		for (; at + Long.BYTES <= to; at += Long.BYTES) {
			// Its lowest byte that is zero is the first line feed.
			long zeros = (long) WORDS.get(bytes, at) ^ ('\n' * EACH_BYTE);
			long found = (zeros - EACH_BYTE) & ~zeros & HIGH_BITS;
			if (found != 0) {
				return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
			}
		}
		while (at < to && bytes[at] != '\n') {
			at++;
		}
		return at;
	}

}
