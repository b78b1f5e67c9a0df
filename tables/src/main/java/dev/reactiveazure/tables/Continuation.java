package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.PercentEncoding;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Where the next page begins: two headers of an answer, which become two parameters of
 * the next request. The text of a token is those parameters, encoded.
 * <p>
 * The second may be missing, and must then not be sent at all: an empty one is an error.
 */
final class Continuation {

	private static final String PARTITION = "NextPartitionKey=";

	private static final String ROW = "&NextRowKey=";

	private static final String TABLE = "NextTableName=";

	private static final String AT_SECONDARY = "secondary:";

	private Continuation() {
	}

	/**
	 * Return where the page that begins at a continuation is found.
	 */
	static String target(String path, @Nullable String continuation) {
		return (continuation != null) ? path + ((path.indexOf('?') < 0) ? '?' : '&') + continuation : path;
	}

	/**
	 * Mark a continuation as one of the secondary endpoint: the primary one would not
	 * know it.
	 */
	static String atSecondary(String continuation) {
		return AT_SECONDARY + continuation;
	}

	static boolean isAtSecondary(String continuation) {
		return continuation.startsWith(AT_SECONDARY);
	}

	static String withoutMark(String continuation) {
		return isAtSecondary(continuation) ? continuation.substring(AT_SECONDARY.length()) : continuation;
	}

	static boolean isOfTables(String continuation) {
		return withoutMark(continuation).startsWith(TABLE);
	}

	/**
	 * Return where the next page of tables begins.
	 */
	static @Nullable String ofTables(Answer answer) {
		String table = answer.header("x-ms-continuation-NextTableName");
		return (table != null) ? TABLE + PercentEncoding.encode(table) : null;
	}

	static @Nullable String of(Answer answer) {
		String partition = answer.header("x-ms-continuation-NextPartitionKey");
		if (partition == null) {
			return null;
		}
		String row = answer.header("x-ms-continuation-NextRowKey");
		String token = PARTITION + PercentEncoding.encode(partition);
		return (row == null || row.isEmpty()) ? token : token + ROW + PercentEncoding.encode(row);
	}

	/**
	 * Refuse what is no token of ours, for it becomes part of a request's address.
	 */
	static void check(@Nullable String continuation) {
		if (continuation == null) {
			return;
		}
		String token = withoutMark(continuation);
		if (token.startsWith(TABLE) && isEncoded(token, TABLE.length())) {
			return;
		}
		int row = token.indexOf(ROW);
		String partition = (row < 0) ? token : token.substring(0, row);
		boolean valid = partition.startsWith(PARTITION) && isEncoded(partition, PARTITION.length())
				&& (row < 0 || isEncoded(token, row + ROW.length()));
		Assert.isTrue(valid, "The continuation is none that TablePage.continuation() returned");
	}

	private static boolean isEncoded(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean allowed = (c < 0x7f && Character.isLetterOrDigit(c)) || "-._~%".indexOf(c) >= 0;
			if (!allowed) {
				return false;
			}
		}
		return true;
	}

}
