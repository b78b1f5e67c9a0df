package dev.reactiveazure.eventgrid;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * One settlement, from its tokens to its result. Counts how often it is sent, because a
 * lost lock means something else after a second time.
 */
final class SettlementCall implements RequestHeaders, RequestBody, AnswerReader<SettlementResult> {

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("application/json");

	private static final JsonWriter.Name LOCK_TOKENS = JsonWriter.Name.of("lockTokens");

	private final List<String> tokens;

	private int sent;

	/** Where in the sent tokens the answer's next one is expected. */
	private int expected;

	SettlementCall(List<String> tokens) {
		this.tokens = tokens;
	}

	@Override
	public void apply(HeaderSink headers) {
		this.sent++;
		SubscriptionRequests.acceptJson(headers);
	}

	@Override
	public CharSequence contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		out.beginObject().name(LOCK_TOKENS).beginArray();
		for (String token : this.tokens) {
			out.value(token);
		}
		out.endArray().endObject();
	}

	@Override
	public SettlementResult read(Answer answer) {
		return read(answer.bytes(), answer.length());
	}

	SettlementResult read(byte[] bytes, int length) {
		JsonCursor cursor = new JsonCursor(bytes, length);
		cursor.requireObject();
		List<String> succeeded = null;
		List<FailedLockToken> failed = null;
		cursor.enter();
		while (cursor.nextMember()) {
			boolean array = cursor.peek() == '[';
			if (array && cursor.isContent("succeededLockTokens")) {
				succeeded = succeeded(cursor);
			}
			else if (array && cursor.isContent("failedLockTokens")) {
				failed = failed(cursor);
			}
			else {
				cursor.skip();
			}
		}
		if (succeeded == null && failed == null) {
			throw new IllegalStateException("it has neither 'succeededLockTokens' nor 'failedLockTokens'");
		}
		return new SettlementResult((succeeded != null) ? succeeded : List.of(), (failed != null) ? failed : List.of(),
				this.sent > 1);
	}

	/**
	 * Read the tokens that were settled: mostly the very list that was sent.
	 */
	private List<String> succeeded(JsonCursor cursor) {
		int asSent = 0;
		List<String> others = null;
		cursor.enter();
		while (cursor.nextElement()) {
			if (cursor.peek() != '"') {
				cursor.skip();
				continue;
			}
			String token = token(cursor);
			if (others == null && asSent < this.tokens.size() && token.equals(this.tokens.get(asSent))) {
				asSent++;
				continue;
			}
			others = (others != null) ? others : new ArrayList<>(this.tokens.subList(0, asSent));
			others.add(token);
		}
		if (others != null) {
			return others;
		}
		return (asSent == this.tokens.size()) ? this.tokens : this.tokens.subList(0, asSent);
	}

	/**
	 * Read a text as one of the strings that were sent, which the service mostly answers
	 * in their order, or as a new one.
	 */
	private String token(JsonCursor cursor) {
		cursor.string();
		for (int i = this.expected; i < Math.min(this.expected + 2, this.tokens.size()); i++) {
			if (cursor.isContent(this.tokens.get(i))) {
				this.expected = i + 1;
				return this.tokens.get(i);
			}
		}
		return cursor.content();
	}

	private static List<FailedLockToken> failed(JsonCursor cursor) {
		List<FailedLockToken> failed = new ArrayList<>();
		cursor.enter();
		while (cursor.nextElement()) {
			if (cursor.peek() != '{') {
				cursor.skip();
				continue;
			}
			FailedLockToken token = failedToken(cursor);
			if (token != null) {
				failed.add(token);
			}
		}
		return failed;
	}

	private static @Nullable FailedLockToken failedToken(JsonCursor cursor) {
		TokenFailure failure = new TokenFailure();
		failure.read(cursor);
		return (failure.lockToken != null) ? new FailedLockToken(failure.lockToken, failure.code, failure.message)
				: null;
	}

	/**
	 * A failure in the form of the stable versions, with {@code error}, or that of the
	 * previews, with {@code errorCode} and {@code errorDescription}.
	 */
	private static final class TokenFailure {

		private @Nullable String lockToken;

		private @Nullable String code;

		private @Nullable String message;

		/**
		 * Read the object that comes next.
		 */
		void read(JsonCursor cursor) {
			cursor.enter();
			while (cursor.nextMember()) {
				String name = cursor.name();
				if (cursor.peek() == '{' && name.equals("error")) {
					error(cursor);
				}
				else {
					member(name, cursor.textOrSkip());
				}
			}
		}

		private void error(JsonCursor cursor) {
			cursor.enter();
			while (cursor.nextMember()) {
				member(cursor.name(), cursor.textOrSkip());
			}
		}

		private void member(String name, @Nullable String value) {
			switch (name) {
				case "lockToken" -> this.lockToken = value;
				case "code", "errorCode" -> this.code = value;
				case "message", "errorDescription" -> this.message = value;
				default -> {
				}
			}
		}

	}

}
