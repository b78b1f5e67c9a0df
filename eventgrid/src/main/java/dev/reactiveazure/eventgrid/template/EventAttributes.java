package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The attributes that a caller has given so far. Not thread-safe.
 */
final class EventAttributes {

	@Nullable String id;

	@Nullable URI source;

	@Nullable String type;

	@Nullable String subject;

	@Nullable Instant time;

	@Nullable URI dataSchema;

	final Map<String, Object> extensions = new LinkedHashMap<>();

}
