package dev.reactiveazure.emulator.eventgrid;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Mints the lock tokens of one subscription and recognises them afterwards without
 * remembering them: a token carries its scrambled number and a check that only this
 * subscription can compute. Like the service's they are standard Base64, so {@code +},
 * {@code /} and {@code =} occur. Not thread-safe.
 */
final class LockTokens {

	private static final byte[] HEAD = { 0x0A, 0x10 };

	private static final int LENGTH = HEAD.length + 2 * Long.BYTES + 1;

	private final long secret;

	private long last;

	LockTokens(long secret) {
		this.secret = secret;
	}

	String mint() {
		long scrambled = mix(++this.last ^ this.secret);
		byte[] token = ByteBuffer.allocate(LENGTH)
			.put(HEAD)
			.putLong(scrambled)
			.putLong(check(scrambled))
			.put((byte) this.last)
			.array();
		return Base64.getEncoder().encodeToString(token);
	}

	/**
	 * Whether this subscription ever gave out the token.
	 */
	boolean isOurs(String token) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(token);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		if (bytes.length != LENGTH || bytes[0] != HEAD[0] || bytes[1] != HEAD[1]) {
			return false;
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes, HEAD.length, 2 * Long.BYTES);
		long scrambled = buffer.getLong();
		return buffer.getLong() == check(scrambled);
	}

	private long check(long scrambled) {
		return mix(scrambled + Long.rotateLeft(this.secret, 17));
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
