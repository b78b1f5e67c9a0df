package dev.reactiveazure.emulator.eventgrid;

import java.util.List;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;

/**
 * The publish side of a Basic topic over HTTP: keeps what it accepts, delivers nothing.
 */
final class BasicEndpoint {

	static final String PATH = "/api/events";

	private static final String VERSION = "2018-01-01";

	private final BasicAccess access;

	private final BasicEventReader reader;

	private final EmulatorClock clock;

	private final Recent<BasicEvent> events;

	BasicEndpoint(EventGridSettings settings, AccessKeys keys, EmulatorClock clock) {
		this.access = new BasicAccess(settings, keys, clock);
		this.reader = new BasicEventReader(settings);
		this.clock = clock;
		this.events = new Recent<>(settings.basicEventLimit());
	}

	/**
	 * Answers a request.
	 * @throws Problem if it is refused
	 */
	EmulatorResponse handle(EmulatorRequest request) {
		NamespaceEndpoint.requirePost(request);
		this.access.check(request);
		if (!VERSION.equals(request.query().get("api-version"))) {
			throw Problem.badRequest("The query parameter `api-version` must be " + VERSION + " for a Basic topic.");
		}
		List<BasicEvent> accepted = this.reader.read(request, this.clock.now());
		synchronized (this.events) {
			accepted.forEach(this.events::add);
		}
		return EmulatorResponse.status(200);
	}

	List<BasicEvent> events() {
		synchronized (this.events) {
			return this.events.snapshot();
		}
	}

}
