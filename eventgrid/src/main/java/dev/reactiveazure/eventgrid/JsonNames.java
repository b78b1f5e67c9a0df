package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * The names of members in one document: they come again and again, and are made once. Not
 * thread-safe.
 */
final class JsonNames {

	/** How many names are remembered, and how many of them are looked at for one. */
	private static final int SIZE = 64;

	private static final int MOST_LOOKS = 8;

	private final @Nullable String[] known = new String[SIZE];

	/**
	 * Return a name.
	 * @param read the string that was read last
	 */
	String of(JsonString read) {
		if (!read.isPlain()) {
			return read.content();
		}
		int slot = read.mark();
		for (int last = slot + MOST_LOOKS; slot < last; slot++) {
			String name = this.known[slot & (SIZE - 1)];
			if (name == null) {
				name = read.content();
				this.known[slot & (SIZE - 1)] = name;
				return name;
			}
			if (read.isContent(name)) {
				return name;
			}
		}
		return read.content();
	}

}
