package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Random;

/**
 * Events of all kinds, drawn from a seed.
 */
final class EventSamples {

	private static final String[] TEXTS = { "a", "Ada Lovelace", "q\"uote\\", "ü€😀", "a/b?c=d&e", "'", "</script>" };

	private static final String[] JSON_TYPES = { "application/json", "application/JSON; charset=utf-8", "text/json",
			"application/vnd.order+json ; v=1" };

	private final Random random;

	EventSamples(long seed) {
		this.random = new Random(seed);
	}

	GridEvent next() {
		GridEvent.Builder event = GridEvent.builder(text(), source(), "com.example." + this.random.nextInt(5));
		if (this.random.nextBoolean()) {
			event.subject(text());
		}
		if (this.random.nextBoolean()) {
			event.time(time());
		}
		if (this.random.nextBoolean()) {
			event.dataSchema(URI.create("https://example.com/schema/" + this.random.nextInt(10)));
		}
		for (int i = this.random.nextInt(4); i > 0; i--) {
			event.extension("ext" + i + "abcdefghijklmnopqrstuvwxyz".substring(0, this.random.nextInt(26)), value());
		}
		data(event);
		return event.build();
	}

	private String text() {
		return TEXTS[this.random.nextInt(TEXTS.length)] + this.random.nextInt(1000);
	}

	private URI source() {
		return switch (this.random.nextInt(4)) {
			case 0 -> URI.create("/shop/" + this.random.nextInt(10));
			case 1 -> URI.create("https://example.com/a?b=c#d");
			case 2 -> URI.create("urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66");
			default -> URI.create("plain");
		};
	}

	private Instant time() {
		long second = (long) (this.random.nextDouble() * 4_000_000_000L);
		return switch (this.random.nextInt(4)) {
			case 0 -> Instant.ofEpochSecond(second - second % 60);
			case 1 -> Instant.ofEpochSecond(second, this.random.nextInt(1000) * 1_000_000L);
			case 2 -> Instant.ofEpochSecond(second, this.random.nextInt(10_000_000) * 100L);
			default -> Instant.ofEpochSecond(second, this.random.nextInt(1_000_000_000));
		};
	}

	private Object value() {
		return switch (this.random.nextInt(3)) {
			case 0 -> text();
			case 1 -> this.random.nextBoolean();
			default -> this.random.nextInt();
		};
	}

	/**
	 * Add extensions of the types that JSON gives back as strings.
	 */
	GridEvent nextOfAllTypes() {
		GridEvent event = next();
		GridEvent.Builder more = GridEvent.builder(event.getId(), event.getSource(), event.getType())
			.subject(event.getSubject())
			.time(event.instant())
			.dataSchema(event.getDataSchema())
			.data(event.getDataContentType(), event.getData());
		event.getExtensionNames()
			.forEach((name) -> more.extension(name, Objects.requireNonNull(event.getExtension(name))));
		byte[] bytes = new byte[this.random.nextInt(20)];
		this.random.nextBytes(bytes);
		return more.extension("moment", time().atOffset(ZoneOffset.ofHours(this.random.nextInt(5) - 2)))
			.extension("place", source())
			.extension("bytes", bytes)
			.build();
	}

	private void data(GridEvent.Builder event) {
		switch (this.random.nextInt(6)) {
			case 0 -> event.data(null);
			case 1 -> event.data(json());
			case 2 -> event.data(JSON_TYPES[this.random.nextInt(JSON_TYPES.length)], json());
			case 3 -> event.data("text/xml", EventData.text("<a>" + text() + "</a>"));
			case 4 -> event.data(bytes());
			default -> event.data("application/octet-stream", bytes());
		}
	}

	private EventData bytes() {
		byte[] bytes = new byte[this.random.nextInt(50)];
		this.random.nextBytes(bytes);
		return EventData.bytes(bytes);
	}

	private EventData json() {
		StringBuilder json = new StringBuilder();
		json(json, 0);
		return EventData.json(json.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void json(StringBuilder target, int depth) {
		switch (this.random.nextInt((depth < 4) ? 9 : 7)) {
			case 0 -> target.append("null");
			case 1 -> target.append(this.random.nextBoolean());
			case 2 -> target.append(this.random.nextInt());
			case 3 -> target.append("123456789012345678901234567890.1234567890123456789");
			case 4 -> target.append("-1.5E-300");
			case 5 -> target.append("\"{\\\"a\\\":1} ü€😀 \\u0041\\n\\\\\"");
			case 6 -> target.append("\"\"");
			case 7 -> array(target, depth);
			default -> object(target, depth);
		}
	}

	private void array(StringBuilder target, int depth) {
		target.append("[ ");
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			json(target, depth + 1);
			target.append((i > 0) ? "\n," : " ");
		}
		target.append(']');
	}

	private void object(StringBuilder target, int depth) {
		target.append("{");
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			target.append("\"brokerProperties").append(i).append("\" : ");
			json(target, depth + 1);
			target.append((i > 0) ? ", " : "");
		}
		target.append('}');
	}

}
