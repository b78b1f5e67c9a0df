package dev.reactiveazure.core.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.TokenSource;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Keeps a token, and fetches the next ahead of its end: one fetch at a time, however many
 * calls wait for it. A fetch ahead that fails is tried again half a minute later; the
 * token stays in use until its end, or until the service refuses it.
 */
final class TokenCache implements Disposable {

	private static final Duration LONGEST_LEAD = Duration.ofMinutes(5);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

	/** Whose token is younger has another problem than an old token. */
	private static final Duration YOUNG = Duration.ofSeconds(30);

	private final TokenSource source;

	private final String scope;

	private final Clock clock;

	private final AtomicReference<@Nullable Mono<Kept>> fetch = new AtomicReference<>();

	private final Disposable.Swap refresh = Disposables.swap();

	private volatile @Nullable Kept kept;

	TokenCache(TokenSource source, String scope, Clock clock) {
		this.source = source;
		this.scope = scope;
		this.clock = clock;
	}

	/**
	 * Return when a token is there.
	 * @return completes with a token in place; {@code null} when one is there already
	 */
	@Nullable Mono<Void> ready() {
		Kept current = this.kept;
		Instant now = this.clock.instant();
		if (current == null || current.refused || !now.isBefore(current.token.expiresAt())) {
			return fetch().then();
		}
		if (!now.isBefore(current.refreshAt) && this.fetch.get() == null) {
			this.kept = current.refreshAt(now.plus(PAUSE_AFTER_FAILURE));
			this.refresh.update(fetch().onErrorComplete().subscribe());
		}
		return null;
	}

	/**
	 * Return the value of the header that carries the token.
	 * @throws IllegalStateException if none is there, for {@link #ready()} was not waited
	 * for
	 */
	String header() {
		Kept current = this.kept;
		if (current == null) {
			throw new IllegalStateException("No token has been fetched");
		}
		return current.header;
	}

	/**
	 * Say that the service refused the token: the next call fetches another, unless this
	 * one is only just there.
	 */
	void refused() {
		Kept current = this.kept;
		if (current != null && !this.clock.instant().isBefore(current.fetchedAt.plus(YOUNG))) {
			this.kept = current.asRefused();
		}
	}

	private Mono<Kept> fetch() {
		return Mono.defer(() -> {
			Mono<Kept> running = this.fetch.get();
			if (running != null) {
				return running;
			}
			Mono<Kept> started = Mono.defer(() -> this.source.token(this.scope))
				.map(this::keep)
				.switchIfEmpty(Mono.error(() -> new IllegalStateException("the token source gave no token")))
				.doFinally((signal) -> this.fetch.set(null))
				.share();
			return this.fetch.compareAndSet(null, started) ? started : fetch();
		});
	}

	private Kept keep(AccessToken token) {
		Instant now = this.clock.instant();
		Duration life = Duration.between(now, token.expiresAt());
		Duration fifth = life.dividedBy(5);
		Duration lead = (fifth.compareTo(LONGEST_LEAD) < 0) ? fifth : LONGEST_LEAD;
		Kept next = new Kept(token, "Bearer " + token.value(), token.expiresAt().minus(lead), now, false);
		this.kept = next;
		return next;
	}

	@Override
	public void dispose() {
		this.refresh.dispose();
	}

	private record Kept(AccessToken token, String header, Instant refreshAt, Instant fetchedAt, boolean refused) {

		Kept refreshAt(Instant next) {
			return new Kept(this.token, this.header, next, this.fetchedAt, this.refused);
		}

		Kept asRefused() {
			return new Kept(this.token, this.header, this.refreshAt, this.fetchedAt, true);
		}

	}

}
