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
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

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
		try (JsonParser parser = JsonAnswers.parser(bytes, length)) {
			return result(parser);
		}
		catch (JacksonException ex) {
			throw JsonAnswers.unreadable(ex);
		}
	}

	private SettlementResult result(JsonParser parser) {
		JsonAnswers.requireObject(parser);
		List<String> succeeded = null;
		List<FailedLockToken> failed = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (value == JsonToken.START_ARRAY && name.equals("succeededLockTokens")) {
				succeeded = succeeded(parser);
			}
			else if (value == JsonToken.START_ARRAY && name.equals("failedLockTokens")) {
				failed = failed(parser);
			}
			else {
				parser.skipChildren();
			}
		}
		if (succeeded == null && failed == null) {
			throw new IllegalStateException("it has neither 'succeededLockTokens' nor 'failedLockTokens'");
		}
		return new SettlementResult((succeeded != null) ? succeeded : List.of(), (failed != null) ? failed : List.of(),
				this.sent > 1);
	}

	private List<String> succeeded(JsonParser parser) {
		List<String> succeeded = new ArrayList<>(this.tokens.size());
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.VALUE_STRING) {
				succeeded.add(token(parser));
			}
			else {
				parser.skipChildren();
			}
		}
		return succeeded;
	}

	/**
	 * Return the current text as one of the strings that were sent, which the service
	 * mostly answers in their order, or as a new one.
	 */
	private String token(JsonParser parser) {
		for (int i = this.expected; i < Math.min(this.expected + 2, this.tokens.size()); i++) {
			if (JsonAnswers.textEquals(parser, this.tokens.get(i))) {
				this.expected = i + 1;
				return this.tokens.get(i);
			}
		}
		return parser.getString();
	}

	private List<FailedLockToken> failed(JsonParser parser) {
		List<FailedLockToken> failed = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				parser.skipChildren();
				continue;
			}
			FailedLockToken token = failedToken(parser);
			if (token != null) {
				failed.add(token);
			}
		}
		return failed;
	}

	private static @Nullable FailedLockToken failedToken(JsonParser parser) {
		TokenFailure failure = new TokenFailure();
		failure.read(parser);
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
		 * Read the object that the parser stands at the start of.
		 */
		void read(JsonParser parser) {
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (value == JsonToken.START_OBJECT && name.equals("error")) {
					read(parser);
				}
				else {
					member(name, JsonAnswers.textOrSkip(parser));
				}
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
