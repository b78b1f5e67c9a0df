package dev.reactiveazure.tables;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;

/**
 * Finds out whether a write that got no answer had been done, when its second try is told
 * that the entity exists already or has changed: by that very write, perhaps.
 * <p>
 * The stored row decides. Stored before the write began (by the service's own clock), it
 * is somebody else's, and the refusal stands. With the write's content, it is the
 * write's. Else nobody can tell: the row may have been ours and changed by another since.
 */
final class LostAnswer {

	/** How far the clocks of a service's machines may be apart. */
	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

	private final TablesConnection connection;

	private final EntityAddress address;

	private final String table;

	LostAnswer(TablesConnection connection, EntityAddress address, String table) {
		this.connection = connection;
		this.address = address;
		this.table = table;
	}

	/**
	 * Decide on a write.
	 * @param written what was written
	 * @param mode whether properties that the write does not name may be in the row
	 * @param elapsed time since the write began
	 * @param refusal what the last try was told
	 * @return the entity with its version where the write was done; otherwise the
	 * refusal, or an {@link OutcomeUnknownException}
	 */
	<T> Mono<T> resolve(EntityBody<T> written, UpdateMode mode, Duration elapsed, AzureServiceException refusal) {
		return versionOf(written, mode, elapsed, refusal)
			.map((version) -> written.format().codec().withETag(written.entity(), version));
	}

	/**
	 * Decide on a write, as {@link #resolve}.
	 * @return the version that it wrote
	 */
	Mono<ETag> versionOf(EntityBody<?> written, UpdateMode mode, Duration elapsed, AzureServiceException refusal) {
		return stored(written.key(), refusal).switchIfEmpty(Mono.error(() -> unknown(refusal, null)))
			.map((stored) -> decide(written, mode, elapsed, refusal, stored));
	}

	/**
	 * Decide on a delete.
	 * @return completes where the row is gone; otherwise the refusal, or an
	 * {@link OutcomeUnknownException}
	 */
	Mono<Void> resolveDelete(TableKey key, Duration elapsed, AzureServiceException refusal) {
		return stored(key, refusal).flatMap((stored) -> Mono
			.error(stored.isOlderThan(elapsed.plus(CLOCK_TOLERANCE)) ? refusal : unknown(refusal, null)));
	}

	private Mono<Stored> stored(TableKey key, AzureServiceException refusal) {
		AzureRequest<Stored> request = new AzureRequest<>(TablesOperations.GET, "table", this.table,
				this.address.entity(key), this.connection.dialect().common(), null,
				new StoredReader(this.connection.anyRow()));
		return this.connection.execute(request).onErrorMap((error) -> unknown(refusal, error));
	}

	private ETag decide(EntityBody<?> written, UpdateMode mode, Duration elapsed, AzureServiceException refusal,
			Stored stored) {
		if (stored.isOlderThan(elapsed.plus(CLOCK_TOLERANCE))) {
			throw refusal;
		}
		TableEntity ours = asStored(written);
		TableEntity row = stored.row;
		boolean same = row.hasPropertiesOf(ours)
				&& (mode == UpdateMode.MERGE || row.properties().size() == ours.properties().size());
		if (!same || row.etag() == null) {
			throw unknown(refusal, null);
		}
		return row.etag();
	}

	private TableEntity asStored(EntityBody<?> written) {
		JsonWriter out = new JsonWriter(new ByteSink());
		written.write(out);
		try (JsonParser parser = this.connection.anyRow().parser(out.sink().array(), out.sink().length())) {
			parser.nextToken();
			return this.connection.anyRow().row(parser).read(this.connection.anyRow().codec());
		}
	}

	static OutcomeUnknownException unknown(AzureServiceException refusal, @Nullable Throwable cause) {
		return new OutcomeUnknownException(refusal.call(),
				"a try got no answer, and the next was told '" + refusal.error().code() + "'", false,
				(cause != null) ? cause : refusal);
	}

	/**
	 * A row and the service's time when it was read.
	 */
	private record Stored(TableEntity row, @Nullable Instant now) {

		boolean isOlderThan(Duration age) {
			return this.now != null && this.row.timestamp() != null
					&& this.row.timestamp().isBefore(this.now.minus(age));
		}

	}

	private record StoredReader(EntityReader<TableEntity> reader) implements AnswerReader<Stored> {

		StoredReader(RowFormat<TableEntity> format) {
			this(new EntityReader<>(format));
		}

		@Override
		public boolean reads(Answer answer) {
			return this.reader.reads(answer);
		}

		@Override
		public @Nullable Stored read(Answer answer) {
			TableEntity row = this.reader.read(answer);
			return (row != null) ? new Stored(row, date(answer.header("Date"))) : null;
		}

		private static @Nullable Instant date(@Nullable String text) {
			try {
				return (text != null) ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
						: null;
			}
			catch (DateTimeException ex) {
				return null;
			}
		}

	}

}
