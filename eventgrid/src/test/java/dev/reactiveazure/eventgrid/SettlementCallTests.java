package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SettlementCall}.
 */
class SettlementCallTests {

	private final SettlementCall call = new SettlementCall(List.of("a+/=", "b", "c"));

	private SettlementResult read(String answer) {
		byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
		return this.call.read(bytes, bytes.length);
	}

	@Test
	void writesTheTokensAsTheyAre() {
		JsonWriter writer = new JsonWriter(new ByteSink());
		this.call.write(writer);
		assertThat(new String(writer.sink().toByteArray(), StandardCharsets.UTF_8))
			.isEqualTo("{\"lockTokens\":[\"a+/=\",\"b\",\"c\"]}");
	}

	@Test
	void readsTokensInAnyOrderAndEscaped() {
		SettlementResult result = read(
				"{\"failedLockTokens\":[],\"succeededLockTokens\":[\"c\",\"b\",\"a+\\/=\",\"?\"]}");
		assertThat(result.succeeded()).containsExactly("c", "b", "a+/=", "?");
		assertThat(result.isComplete()).isTrue();
	}

	@Test
	void readsFailuresOfTheStableVersions() {
		SettlementResult result = read("{\"succeededLockTokens\":[],\"failedLockTokens\":[{\"lockToken\":\"b\","
				+ "\"error\":{\"code\":\"TokenLost\",\"message\":\"\",\"target\":null,\"details\":[{\"code\":\"x\"}],"
				+ "\"innererror\":{\"code\":\"y\"}}}]}");
		assertThat(result.failed()).containsExactly(new FailedLockToken("b", "TokenLost", ""));
		assertThat(result.failed().get(0).isLockLost()).isTrue();
	}

	@Test
	void readsFailuresOfThePreviewVersions() {
		SettlementResult result = read("{\"succeededLockTokens\":[],\"failedLockTokens\":[{\"lockToken\":\"b\","
				+ "\"errorCode\":\"BadToken\",\"errorDescription\":\"no\"}]}");
		assertThat(result.failed()).containsExactly(new FailedLockToken("b", "BadToken", "no"));
		assertThat(result.failed().get(0).isLockLost()).isFalse();
	}

	@Test
	void readsFailuresWithoutACode() {
		SettlementResult result = read("{\"failedLockTokens\":[{\"lockToken\":\"b\",\"error\":{\"code\":null,"
				+ "\"message\":\"invalid\"}},{\"lockToken\":\"c\",\"error\":null},{\"lockToken\":\"a+/=\"}]}");
		assertThat(result.failed()).containsExactly(new FailedLockToken("b", null, "invalid"),
				new FailedLockToken("c", null, null), new FailedLockToken("a+/=", null, null));
	}

	@Test
	void readsFailuresHoweverDeepTheyAre() {
		int depth = 100_000;
		SettlementResult result = read("{\"failedLockTokens\":[{\"lockToken\":\"b\",\"error\":{\"code\":\"BadToken\""
				+ ",\"error\":{\"code\":\"x\"".repeat(depth) + "}".repeat(depth) + "}}]}");
		assertThat(result.failed()).containsExactly(new FailedLockToken("b", "BadToken", null));
	}

	@Test
	void readsAnAnswerBehindAByteOrderMark() {
		assertThat(read("\uFEFF{\"succeededLockTokens\":[\"b\"]}").succeeded()).containsExactly("b");
	}

	@Test
	void refusesAnAnswerThatSaysNothingAboutTokens() {
		assertThatIllegalStateException().isThrownBy(() -> read("{}")).withMessageContaining("succeededLockTokens");
		assertThatIllegalStateException().isThrownBy(() -> read("{\"succeededLockTokens\":[\"a"))
			.withMessageContaining("not valid JSON");
		assertThatIllegalStateException().isThrownBy(() -> read("")).withMessageContaining("JSON");
	}

}
