package dev.reactiveazure.core.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BearerSigner} and its {@link TokenCache}.
 */
class BearerSignerTests {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private Instant now = NOON;

	private final List<Sinks.One<AccessToken>> fetches = new ArrayList<>();

	private final BearerSigner signer = new BearerSigner(new AzureCredential.Token(this::fetch),
			"https://storage.azure.com/.default", new AzureEndpoint("https://shop.host"), new MovableClock());

	@Test
	void waitsForTheFirstToken() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		assertThat(header()).isEqualTo("Bearer one");
		assertThat(this.signer.prepare()).isNull();
	}

	@Test
	void fetchesOnceForCallsThatWaitTogether() {
		StepVerifier.create(Flux.merge(ready(), ready(), ready()))
			.then(() -> give(0, "one", Duration.ofHours(1)))
			.verifyComplete();
		assertThat(this.fetches).hasSize(1);
	}

	@Test
	void fetchesAheadOfTheEndWhileTheOldTokenIsInUse() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		this.now = NOON.plus(Duration.ofMinutes(56));
		assertThat(this.signer.prepare()).isNull();
		assertThat(this.signer.prepare()).isNull();
		assertThat(this.fetches).hasSize(2);
		assertThat(header()).isEqualTo("Bearer one");
		give(1, "two", Duration.ofHours(1));
		assertThat(header()).isEqualTo("Bearer two");
	}

	@Test
	void keepsTheTokenWhereAFetchAheadFails() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		this.now = NOON.plus(Duration.ofMinutes(56));
		assertThat(this.signer.prepare()).isNull();
		this.fetches.get(1).tryEmitError(new IllegalStateException("down"));
		assertThat(this.signer.prepare()).isNull();
		assertThat(this.fetches).hasSize(2);
		this.now = NOON.plus(Duration.ofMinutes(57));
		assertThat(this.signer.prepare()).isNull();
		assertThat(this.fetches).hasSize(3);
	}

	@Test
	void waitsAgainWhenTheTokenHasEnded() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		this.now = NOON.plus(Duration.ofHours(1));
		StepVerifier.create(ready()).then(() -> give(1, "two", Duration.ofHours(1))).verifyComplete();
		assertThat(header()).isEqualTo("Bearer two");
	}

	@Test
	void asksForAnotherTokenAfterARefusal() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		this.now = NOON.plus(Duration.ofSeconds(30));
		assertThat(this.signer.afterRefusal()).isNull();
		assertThat(header()).as("of calls that were about to go").isEqualTo("Bearer one");
		StepVerifier.create(ready()).then(() -> give(1, "two", Duration.ofHours(1))).verifyComplete();
		assertThat(header()).isEqualTo("Bearer two");
	}

	@Test
	void doesNotAskAgainAndAgainForTokensThatAreRefusedAtOnce() {
		StepVerifier.create(ready()).then(() -> give(0, "one", Duration.ofHours(1))).verifyComplete();
		this.now = NOON.plus(Duration.ofSeconds(29));
		this.signer.afterRefusal();
		assertThat(this.signer.prepare()).isNull();
		assertThat(this.fetches).hasSize(1);
	}

	@Test
	void asksAgainAfterAFailedFetch() {
		StepVerifier.create(ready())
			.then(() -> this.fetches.get(0).tryEmitError(new IllegalStateException("down")))
			.verifyErrorMessage("down");
		StepVerifier.create(ready()).then(() -> give(1, "one", Duration.ofHours(1))).verifyComplete();
	}

	@Test
	void sendsNoTokenOverPlainHttp() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BearerSigner(new AzureCredential.Token(this::fetch), "scope",
					new AzureEndpoint("http://shop.host"), Clock.systemUTC()))
			.withMessageContaining("https")
			.withMessageContaining("http://shop.host");
	}

	private Mono<Void> ready() {
		return Mono.defer(() -> {
			Mono<Void> preparation = this.signer.prepare();
			return (preparation != null) ? preparation : Mono.empty();
		});
	}

	private @Nullable String header() {
		AtomicReference<@Nullable String> value = new AtomicReference<>();
		this.signer.sign(HttpMethod.GET, "/", null, (name, header) -> value.set(header.toString()));
		return value.get();
	}

	private void give(int fetch, String token, Duration life) {
		this.fetches.get(fetch).tryEmitValue(new AccessToken(token, this.now.plus(life)));
	}

	private Mono<AccessToken> fetch(String scope) {
		Sinks.One<AccessToken> sink = Sinks.one();
		this.fetches.add(sink);
		return sink.asMono();
	}

	private final class MovableClock extends Clock {

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return BearerSignerTests.this.now;
		}

	}

}
