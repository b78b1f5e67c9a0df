package dev.reactiveazure.core.pipeline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SentRequest}.
 */
class SentRequestTests {

	private final SentRequest request = new SentRequest();

	@Test
	void isNotSentOnceItWasGivenUp() {
		assertThat(this.request.giveUp()).isTrue();
		assertThat(this.request.begin(null)).isFalse();
		assertThat(this.request.giveUp()).isTrue();
	}

	@Test
	void cannotBeGivenUpOnceItWasSent() {
		assertThat(this.request.begin(null)).isTrue();
		assertThat(this.request.giveUp()).isFalse();
		this.request.answered(true);
		assertThat(this.request.giveUp()).isFalse();
	}

	@Test
	void mayBeSentAgainByAConnectorThatRetries() {
		assertThat(this.request.begin(null)).isTrue();
		assertThat(this.request.begin(null)).isTrue();
	}

	@Test
	void knowsWhetherTheAnswerReportsSuccess() {
		this.request.begin(null);
		assertThat(this.request.isSuccess()).isFalse();
		this.request.answered(false);
		assertThat(this.request.isAnswered()).isTrue();
		assertThat(this.request.isSuccess()).isFalse();
		this.request.answered(true);
		assertThat(this.request.isSuccess()).isTrue();
	}

}
