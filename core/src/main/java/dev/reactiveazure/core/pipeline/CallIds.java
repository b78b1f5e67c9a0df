package dev.reactiveazure.core.pipeline;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids by which a call is found in the service's logs: a random prefix for the client and
 * a number for the call, in the form of a GUID. A random GUID each time costs a
 * microsecond, and says less.
 */
final class CallIds {

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private static final int DIGITS = 12;

	private final String prefix = UUID.randomUUID().toString().substring(0, 24);

	private final AtomicLong calls = new AtomicLong();

	String next() {
		long call = this.calls.incrementAndGet();
		char[] digits = new char[DIGITS];
		for (int i = DIGITS - 1; i >= 0; i--) {
			digits[i] = HEX[(int) (call & 0xf)];
			call >>= 4;
		}
		return this.prefix.concat(new String(digits));
	}

}
