package dev.reactiveazure.eventgrid;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where the plain part of a JSON string ends, eight bytes at a time. Compared with
 * a loop over bytes on random input in {@code PlainRunTests}.
 */
final class PlainRun {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long SIGNS = 0x8080808080808080L;

	private static final long BLANKS = ONES * ' ';

	private static final long QUOTES = ONES * '"';

	private static final long BACKSLASHES = ONES * '\\';

	private PlainRun() {
	}

	/**
	 * Return where the first byte is that is a quote, a backslash, a control character or
	 * not ASCII; the end if there is none.
	 */
	static int end(byte[] json, int from, int end) {
		int i = from;
		for (; i <= end - Long.BYTES; i += Long.BYTES) {
			long odd = odd((long) WORDS.get(json, i));
			if (odd != 0) {
				return i + (Long.numberOfTrailingZeros(odd) >>> 3);
			}
		}
		while (i < end && isPlain(json[i])) {
			i++;
		}
		return i;
	}

	/**
	 * Return a word whose lowest set bit is in the first byte that is not plain. A borrow
	 * goes upwards only, and only out of such a byte.
	 */
	private static long odd(long word) {
		long ascii = ((word - BLANKS) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES)) & ~word;
		return (ascii | word) & SIGNS;
	}

	private static boolean isPlain(byte b) {
		return b >= ' ' && b != '"' && b != '\\';
	}

}
