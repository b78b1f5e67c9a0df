package dev.reactiveazure.emulator.tables;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.Query;

/**
 * How results are cut into pages, and the opaque tokens that lead from one to the next.
 */
final class Paging {

	private static final int MAX_ROWS = 1000;

	private static final char NEXT_ROWS = '1';

	private static final char AFTER_EMPTY_PAGE = '2';

	private volatile int limit = MAX_ROWS;

	private volatile boolean emptyPages;

	void limit(int rows) {
		if (rows < 1 || rows > MAX_ROWS) {
			throw new IllegalArgumentException("A page has 1 to " + MAX_ROWS + " rows, not " + rows);
		}
		this.limit = rows;
	}

	void emptyPages(boolean enabled) {
		this.emptyPages = enabled;
	}

	/**
	 * How many rows the answer to a query may have.
	 */
	int rows(Query query) {
		String top = query.get("$top");
		if (top == null || top.isBlank()) {
			return this.limit;
		}
		try {
			int wanted = Integer.parseInt(top.trim());
			if (wanted >= 0 && wanted <= MAX_ROWS) {
				return Math.min(wanted, this.limit);
			}
		}
		catch (NumberFormatException ex) {
			// As bad as a number out of range.
		}
		throw Refusal.invalidInput();
	}

	/**
	 * Whether an empty page is to come before the page that a token leads to.
	 */
	boolean emptyPageFirst(@Nullable String token) {
		return this.emptyPages && (token == null || token.charAt(0) != AFTER_EMPTY_PAGE);
	}

	String token(String text) {
		return encode(NEXT_ROWS, text);
	}

	String tokenAfterEmptyPage(String text) {
		return encode(AFTER_EMPTY_PAGE, text);
	}

	private static String encode(char kind, String text) {
		String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)).replace('=', '-');
		return kind + "!" + encoded.length() + "!" + encoded;
	}

	/**
	 * Reads a token that this class made.
	 * @throws Refusal if it is none, for example empty
	 */
	static String text(String token) {
		String[] parts = token.split("!", 3);
		if (parts.length != 3 || !parts[1].equals(Integer.toString(parts[2].length()))) {
			throw Refusal.invalidInput();
		}
		try {
			return new String(Base64.getDecoder().decode(parts[2].replace('-', '=')), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw Refusal.invalidInput();
		}
	}

}
