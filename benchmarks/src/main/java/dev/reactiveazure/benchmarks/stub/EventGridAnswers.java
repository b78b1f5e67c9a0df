package dev.reactiveazure.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What Event Grid would answer: it takes every event, never runs out of events, and
 * settles every lock token it is given. Not thread-safe: it belongs to the stub's one
 * event loop.
 * <p>
 * The subscription {@code idle} has no events: a receive is answered with none when its
 * wait time has passed.
 */
final class EventGridAnswers {

	private static final String COMMON = """
			Server: Microsoft-HTTPAPI/2.0
			x-ms-request-id: 6b7b0f0e-5d83-4dd7-9b1f-2d9f4e1c7a10
			Strict-Transport-Security: max-age=31536000; includeSubDomains
			""";

	private static final String JSON = COMMON + "api-supported-versions: 2024-06-01\nContent-Type: application/json\n";

	private static final String SUBSCRIPTIONS = "/eventsubscriptions/";

	private final Answer published = Answer.sized("200 OK", JSON, "{}");

	private final Answer publishedToTopic = Answer.sized("200 OK", COMMON, "");

	private final Answer empty = Answer.sized("200 OK", JSON, "{\"value\":[]}");

	private final Answer open = Answer.open("200 OK", JSON);

	private final EventSource events = new EventSource();

	/**
	 * The answer, or {@code null} for a request that is not for Event Grid.
	 */
	@Nullable Reply answer(Request request) {
		if (!request.method().equals("POST")) {
			return null;
		}
		if (request.path().endsWith("/api/events")) {
			return Reply.of(this.publishedToTopic);
		}
		return switch (request.path().substring(request.path().lastIndexOf(':') + 1)) {
			case "publish" -> Reply.of(this.published);
			case "receive" -> receive(request);
			case "acknowledge", "release", "reject", "renewLock" -> Reply.sized(this.open, succeeded(request.body()));
			default -> null;
		};
	}

	private Reply receive(Request request) {
		if (request.path().contains(SUBSCRIPTIONS + "idle:")) {
			return Reply.of(this.empty).after(Duration.ofSeconds(request.parameter("maxWaitTime", 60)));
		}
		return Reply.sized(this.open, this.events.next(request.parameter("maxEvents", 1)));
	}

	/**
	 * Echoes the array of tokens as it came.
	 */
	private static ByteBuf succeeded(byte[] body) {
		String request = new String(body, StandardCharsets.UTF_8);
		String tokens = request.substring(request.indexOf('['), request.lastIndexOf(']') + 1);
		return Unpooled.copiedBuffer("{\"succeededLockTokens\":" + tokens + ",\"failedLockTokens\":[]}",
				StandardCharsets.UTF_8);
	}

}
