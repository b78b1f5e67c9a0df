package dev.reactiveazure.emulator.tables;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The IPv4 addresses that a shared access signature may be used from.
 *
 * @param first the first address
 * @param last the last address, which is within
 */
record SourceRange(long first, long last) {

	private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

	private static final long NO_ADDRESS = -1;

	/**
	 * Parses one address, or two with a hyphen in between. Text that is neither is a
	 * range without any address.
	 */
	static SourceRange parse(String text) {
		String[] ends = text.split("-", -1);
		long first = number(ends[0]);
		long last = (ends.length > 1) ? number(ends[1]) : first;
		boolean valid = ends.length <= 2 && first != NO_ADDRESS && last != NO_ADDRESS;
		return valid ? new SourceRange(first, last) : new SourceRange(1, 0);
	}

	/**
	 * Whether an address is within; never for one that is not IPv4.
	 */
	boolean contains(String address) {
		long number = number(address);
		return number != NO_ADDRESS && number >= this.first && number <= this.last;
	}

	private static long number(String address) {
		Matcher matcher = ADDRESS.matcher(address.trim());
		if (!matcher.matches()) {
			return NO_ADDRESS;
		}
		long number = 0;
		for (int i = 1; i <= 4; i++) {
			int part = Integer.parseInt(matcher.group(i));
			if (part > 255) {
				return NO_ADDRESS;
			}
			number = number * 256 + part;
		}
		return number;
	}

}
