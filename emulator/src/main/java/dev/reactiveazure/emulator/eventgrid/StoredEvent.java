package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A published event. Its serialized form is kept once and shared by every subscription;
 * the array is never written to.
 *
 * @param id the attribute {@code id}
 * @param source the attribute {@code source}
 * @param json the event in structured mode, UTF-8
 * @param publishedAt when the emulator accepted it
 */
record StoredEvent(String id, String source, byte[] json, Instant publishedAt) {

	String text() {
		return new String(this.json, StandardCharsets.UTF_8);
	}

}
