package dev.reactiveazure.autoconfigure.tables.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.ResponseInfo;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Asks the service for the name of one table, once and without retries. It creates
 * nothing, and needs no right: a service that knows the caller and refuses to list tables
 * is up.
 */
public final class TablesHealthIndicator extends AbstractReactiveHealthIndicator {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** The service refuses signatures that are older or newer than 15 minutes. */
	private static final Duration SUSPICIOUS = Duration.ofMinutes(10);

	private static final TableQuery ONE_NAME = TableQuery.all().limit(1);

	private final TableServiceClient client;

	private final Clock clock;

	/**
	 * Create an indicator.
	 * @param client what to ask; not owned
	 */
	public TablesHealthIndicator(TableServiceClient client) {
		this(client, Clock.systemUTC());
	}

	TablesHealthIndicator(TableServiceClient client, Clock clock) {
		super("Azure Table storage health check failed");
		this.client = client;
		this.clock = clock;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		AtomicReference<@Nullable ResponseInfo> answer = new AtomicReference<>();
		RequestOptions options = RequestOptions.none()
			.withResponseTimeout(PATIENCE)
			.withRetry(RetryOptions.none())
			.withOnResponse(answer::set);
		builder.withDetail("endpoint", this.client.endpoint().address());
		return options.applyTo(this.client.listTables(ONE_NAME))
			.then(Mono.fromSupplier(builder::up))
			.onErrorResume(PermissionException.class,
					(refusal) -> Mono.just(builder.up().withDetail("rights", "not permitted to list tables")))
			.onErrorResume(AuthenticationException.class,
					(refusal) -> Mono.just(unknownCaller(builder, refusal, answer.get())))
			.onErrorResume(AzureException.class, (failure) -> Mono.just(builder.down(failure)))
			.map(Health.Builder::build);
	}

	private Health.Builder unknownCaller(Health.Builder builder, AuthenticationException refusal,
			@Nullable ResponseInfo answer) {
		builder.down(refusal);
		Instant theirs = (answer != null) ? date(answer.date()) : null;
		if (theirs == null) {
			return builder;
		}
		Duration ahead = Duration.between(theirs, this.clock.instant());
		if (ahead.abs().compareTo(SUSPICIOUS) > 0) {
			builder.withDetail("clock",
					"this machine's clock is " + ahead.abs().toMinutes() + " minutes "
							+ (ahead.isNegative() ? "behind" : "ahead of")
							+ " the service's, which refuses signatures beyond 15: set the clock");
		}
		return builder;
	}

	private static @Nullable Instant date(@Nullable String date) {
		if (date == null) {
			return null;
		}
		try {
			return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
