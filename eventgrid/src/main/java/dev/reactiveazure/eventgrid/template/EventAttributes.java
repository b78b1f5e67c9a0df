package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The attributes that a caller has given.
 *
 * @param extensions extension attributes by name
 */
record EventAttributes(@Nullable String id, @Nullable URI source, @Nullable String type, @Nullable String subject,
		@Nullable Instant time, @Nullable URI dataSchema, Map<String, Object> extensions) {

	static final EventAttributes NONE = new EventAttributes(null, null, null, null, null, null, Map.of());

}
