package dev.reactiveazure.core.pipeline;

import java.io.OutputStream;
import java.util.Arrays;

import org.springframework.util.Assert;

/**
 * A growing array of bytes that a request body is written into. Not thread-safe; reused
 * by its owner after {@link #reset()}.
 */
public final class ByteSink extends OutputStream {

	private static final int INITIAL_CAPACITY = 8 * 1024;

	private byte[] bytes = new byte[INITIAL_CAPACITY];

	private int length;

	/**
	 * Forget what was written, and keep the array.
	 */
	public void reset() {
		this.length = 0;
	}

	/**
	 * Forget what was written behind a place.
	 */
	public void cutTo(int shorter) {
		Assert.isTrue(shorter >= 0 && shorter <= this.length, "Nothing is written there");
		this.length = shorter;
	}

	/**
	 * Give up the array when it is larger than that many bytes.
	 */
	void shrinkTo(int capacity) {
		if (this.bytes.length > capacity) {
			this.bytes = new byte[INITIAL_CAPACITY];
		}
	}

	public int length() {
		return this.length;
	}

	/**
	 * Return the array itself, of which the first {@link #length()} bytes are written.
	 */
	public byte[] array() {
		return this.bytes;
	}

	public byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	@Override
	public void write(int value) {
		require(1);
		this.bytes[this.length++] = (byte) value;
	}

	@Override
	public void write(byte[] source) {
		write(source, 0, source.length);
	}

	@Override
	public void write(byte[] source, int offset, int count) {
		require(count);
		System.arraycopy(source, offset, this.bytes, this.length, count);
		this.length += count;
	}

	/**
	 * Write text of which each character is known to be ASCII.
	 */
	@SuppressWarnings("deprecation") // the one call that copies Latin-1 without an
										// encoder
	public void ascii(String text) {
		int count = text.length();
		require(count);
		text.getBytes(0, count, this.bytes, this.length);
		this.length += count;
	}

	/**
	 * Write text as UTF-8; a lone surrogate becomes U+FFFD.
	 */
	public void utf8(CharSequence text) {
		int count = text.length();
		require(count * 3L);
		int at = this.length;
		for (int i = 0; i < count; i++) {
			char c = text.charAt(i);
			if (c < 0x80) {
				this.bytes[at++] = (byte) c;
			}
			else {
				at = encode(text, i, c, at);
				i += pairAt(text, i) ? 1 : 0;
			}
		}
		this.length = at;
	}

	/**
	 * Encode the non-ASCII character at an index, with its low surrogate where it has
	 * one. The caller has made room for it.
	 * @return where to go on writing
	 */
	int encode(CharSequence text, int index, char c, int at) {
		byte[] target = this.bytes;
		if (c < 0x800) {
			target[at++] = (byte) (0xc0 | (c >> 6));
		}
		else if (pairAt(text, index)) {
			int codePoint = Character.toCodePoint(c, text.charAt(index + 1));
			target[at++] = (byte) (0xf0 | (codePoint >> 18));
			target[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
			target[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
			target[at++] = (byte) (0x80 | (codePoint & 0x3f));
			return at;
		}
		else {
			char safe = Character.isSurrogate(c) ? '\uFFFD' : c;
			target[at++] = (byte) (0xe0 | (safe >> 12));
			target[at++] = (byte) (0x80 | ((safe >> 6) & 0x3f));
			target[at++] = (byte) (0x80 | (safe & 0x3f));
			return at;
		}
		target[at++] = (byte) (0x80 | (c & 0x3f));
		return at;
	}

	static boolean pairAt(CharSequence text, int index) {
		return Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(index + 1));
	}

	/**
	 * Make room for that many more bytes.
	 */
	void require(long count) {
		if (count > this.bytes.length - this.length) {
			grow(this.length + count);
		}
	}

	private void grow(long needed) {
		if (needed > Integer.MAX_VALUE) {
			throw new IllegalStateException("A request body cannot be larger than 2 GiB");
		}
		this.bytes = Arrays.copyOf(this.bytes, (int) Math.max(needed, this.bytes.length * 2));
	}

	void advanceTo(int position) {
		this.length = position;
	}

}
