package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.Objects;

import reactor.core.publisher.Mono;

/**
 * Waits for values that must come.
 */
public final class Awaited {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private Awaited() {
	}

	public static <T> T await(Mono<T> value) {
		return Objects.requireNonNull(value.block(PATIENCE), "completed without a value");
	}

}
