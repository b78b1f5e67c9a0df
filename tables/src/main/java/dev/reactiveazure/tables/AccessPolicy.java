package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An access policy that is stored with a table, and referred to by shared access
 * signatures ({@link TableSas.Builder#policy}), which can so be changed and withdrawn
 * after they were given away.
 *
 * @param id its id, 1 to 64 characters
 * @param start when it begins; {@code null} where the signature says, or at once
 * @param expiry when it ends; {@code null} where the signature says
 * @param permissions what it allows; empty where the signature says
 */
public record AccessPolicy(String id, @Nullable Instant start, @Nullable Instant expiry,
		Set<TableSasPermission> permissions) {

	public AccessPolicy {
		Assert.hasText(id, "The id of an access policy must not be empty");
		String tooLong = id;
		Assert.isTrue(id.length() <= 64,
				() -> "The id of an access policy must not be longer than 64 characters: " + tooLong);
		EnumSet<TableSasPermission> ordered = EnumSet.noneOf(TableSasPermission.class);
		ordered.addAll(permissions);
		permissions = Collections.unmodifiableSet(ordered);
	}

}
