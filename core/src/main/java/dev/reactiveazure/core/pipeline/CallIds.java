package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.AsciiString;

/**
 * Ids by which a call is found in the service's logs: a random prefix for the client and
 * a number for the call, in the form of a GUID. A random GUID each time costs a
 * microsecond, and says less.
 */
final class CallIds {

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final int LENGTH = 36;

	private static final int PREFIX_LENGTH = 24;

	private final byte[] template = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

	private final AtomicLong calls = new AtomicLong();

	CharSequence next() {
		long call = this.calls.incrementAndGet();
		byte[] id = Arrays.copyOf(this.template, LENGTH);
		for (int i = LENGTH - 1; i >= PREFIX_LENGTH; i--) {
			id[i] = HEX[(int) (call & 0xf)];
			call >>= 4;
		}
		return new AsciiString(id, false);
	}

}
