package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * A stored access policy of a table.
 *
 * @param id its identifier
 * @param start its start as sent, or null
 * @param expiry its end as sent, or null
 * @param permission its permission letters, or null
 */
record AccessPolicy(String id, @Nullable String start, @Nullable String expiry, @Nullable String permission) {

}
