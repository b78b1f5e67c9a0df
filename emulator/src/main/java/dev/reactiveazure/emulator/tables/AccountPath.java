package dev.reactiveazure.emulator.tables;

import java.util.Locale;

/**
 * Where a request's address leaves the account behind. Path style has the account as the
 * first segment, host style as the first label of the host.
 *
 * @param base the address of the account, without a slash at the end
 * @param path the raw path behind the account
 * @param secondary whether the request went to the secondary endpoint
 */
record AccountPath(String base, String path, boolean secondary) {

	static final String SECONDARY_SUFFIX = "-secondary";

	static AccountPath of(String scheme, String host, String rawPath, String account) {
		String authority = scheme + "://" + host;
		String label = host.toLowerCase(Locale.ROOT).split("[.:]", 2)[0];
		if (label.equals(account)) {
			return new AccountPath(authority, rawPath, false);
		}
		if (label.equals(account + SECONDARY_SUFFIX)) {
			return new AccountPath(authority, rawPath, true);
		}
		if (startsWithSegment(rawPath, account)) {
			return new AccountPath(authority + "/" + account, rawPath.substring(account.length() + 1), false);
		}
		String secondary = account + SECONDARY_SUFFIX;
		if (startsWithSegment(rawPath, secondary)) {
			return new AccountPath(authority + "/" + secondary, rawPath.substring(secondary.length() + 1), true);
		}
		return new AccountPath(authority, rawPath, false);
	}

	/**
	 * The raw path behind the account, whichever style the address has.
	 */
	static String behind(String rawPath, String account) {
		for (String segment : new String[] { account, account + SECONDARY_SUFFIX }) {
			if (startsWithSegment(rawPath, segment)) {
				return rawPath.substring(segment.length() + 1);
			}
		}
		return rawPath;
	}

	private static boolean startsWithSegment(String path, String segment) {
		String start = "/" + segment;
		return path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/');
	}

}
