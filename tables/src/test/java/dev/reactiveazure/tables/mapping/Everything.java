package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;

/**
 * A record with a property of each kind.
 */
@Table("everything")
public record Everything(@PartitionKey String tenant, @RowKey UUID id, @Property("Label") @Nullable String name,
		@Nullable Color color, @Nullable LocalDate day, @Nullable BigDecimal total, int count, long big, double ratio,
		boolean flag, @Nullable UUID reference, @Nullable Instant at, @Nullable OffsetDateTime offset,
		byte @Nullable [] bytes, @ReadOnlyProperty @Nullable String computed, @Transient @Nullable String session,
		@Timestamp @Nullable Instant modified, @Version @Nullable String etag) {

	/** Some constants. */
	public enum Color {

		/** The one. */
		RED,

		/** The other. */
		GREEN

	}

	public static Everything example(String tenant) {
		return new Everything(tenant, new UUID(1, 2), "it's", Color.GREEN, LocalDate.of(2026, 11, 22),
				new BigDecimal("12.50"), 3, 5L, 5.0, true, new UUID(3, 4),
				Instant.parse("2026-11-22T05:45:17.1234567Z"), OffsetDateTime.parse("2026-11-22T05:45:17Z"),
				new byte[] { 1, 2 }, "not written", "not stored", null, null);
	}

}
