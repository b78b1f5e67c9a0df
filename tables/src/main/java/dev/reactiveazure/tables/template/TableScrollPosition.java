package dev.reactiveazure.tables.template;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.CRC32;

import dev.reactiveazure.tables.TableQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.ScrollPosition;
import org.springframework.util.Assert;

/**
 * Where a window of a query's result ends, so that the next can begin there: in this JVM
 * or another, now or later. Its {@linkplain #toString() text} takes letters, digits,
 * {@code -} and {@code _} only, so that it fits into an address.
 * <p>
 * It holds keys of the table, readable for who decodes it, and no more: sign it before
 * you hand it to somebody who must not choose where to read on.
 */
public final class TableScrollPosition implements ScrollPosition {

	private static final String VERSION = "1";

	private static final TableScrollPosition START = new TableScrollPosition(0, null, 0);

	private final int request;

	private final @Nullable String continuation;

	private final long query;

	private TableScrollPosition(int request, @Nullable String continuation, long query) {
		this.request = request;
		this.continuation = continuation;
		this.query = query;
	}

	/**
	 * Return the position before the first entity.
	 */
	public static TableScrollPosition start() {
		return START;
	}

	/**
	 * Return the position of a text.
	 * @param text what {@link #toString()} returned
	 * @throws IllegalArgumentException if it is none
	 */
	public static TableScrollPosition of(String text) {
		Assert.notNull(text, "text must not be null");
		if (text.isEmpty()) {
			return START;
		}
		try {
			String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", 4);
			Assert.isTrue(parts.length == 4 && parts[0].equals(VERSION), "version");
			String continuation = parts[3].isEmpty() ? null : parts[3];
			TableQuery.all().from(continuation);
			return new TableScrollPosition(Integer.parseInt(parts[1]), continuation, Long.parseLong(parts[2], 36));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The text is none of a scroll position", ex);
		}
	}

	/**
	 * Return the position behind a page.
	 * @param request which of the plan's requests the page is of
	 * @param continuation where that goes on; {@code null} at its start
	 * @param query what the position is for
	 */
	static TableScrollPosition behind(int request, @Nullable String continuation, long query) {
		return new TableScrollPosition(request, continuation, query);
	}

	/**
	 * Return a number that tells queries apart.
	 */
	static long fingerprint(String text) {
		CRC32 sum = new CRC32();
		sum.update(text.getBytes(StandardCharsets.UTF_8));
		return sum.getValue();
	}

	@Override
	public boolean isInitial() {
		return this.request == 0 && this.continuation == null;
	}

	int request() {
		return this.request;
	}

	@Nullable String continuation() {
		return this.continuation;
	}

	/**
	 * Refuse another query's position: it would skip or repeat entities.
	 */
	void requireOf(long fingerprint) {
		Assert.isTrue(isInitial() || this.query == fingerprint,
				"The scroll position is of another query: use the same filter and selection for each window");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TableScrollPosition that && this.request == that.request && this.query == that.query
				&& Objects.equals(this.continuation, that.continuation);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.request, this.continuation, this.query);
	}

	/**
	 * Return the position as text, for {@link #of}; empty for the start.
	 */
	@Override
	public String toString() {
		if (isInitial()) {
			return "";
		}
		String text = VERSION + ":" + this.request + ":" + Long.toString(this.query, 36) + ":"
				+ ((this.continuation != null) ? this.continuation : "");
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
