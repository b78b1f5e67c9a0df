package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets only requests with a key of the Basic topic or with a token signed by it pass. The
 * key comes as {@code aeg-sas-key}, header or query parameter; the token as
 * {@code aeg-sas-token} or {@code Authorization: SharedAccessSignature}.
 */
final class BasicAccess {

	private static final String SAS_SCHEME = "SharedAccessSignature ";

	private static final String BEARER_SCHEME = "Bearer ";

	private final EventGridSettings settings;

	private final AccessKeys keys;

	private final BasicSignature signature;

	BasicAccess(EventGridSettings settings, AccessKeys keys, EmulatorClock clock) {
		this.settings = settings;
		this.keys = keys;
		this.signature = new BasicSignature(keys, clock);
	}

	/**
	 * Checks a request.
	 * @throws Problem if it may not pass; the message never repeats what was sent
	 */
	void check(EmulatorRequest request) {
		String key = first(request.header("aeg-sas-key"), request.query().get("aeg-sas-key"));
		String authorization = request.header("Authorization");
		if (key != null) {
			requireKey(key);
		}
		else if (request.header("aeg-sas-token") != null) {
			this.signature.check(String.valueOf(request.header("aeg-sas-token")));
		}
		else if (authorization != null && authorization.startsWith(SAS_SCHEME)) {
			this.signature.check(authorization.substring(SAS_SCHEME.length()));
		}
		else {
			requireAcceptedBearer(authorization);
		}
	}

	private void requireKey(String key) {
		byte[] sent = key.getBytes(StandardCharsets.UTF_8);
		if (!this.keys.anyMatch((expected) -> MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), sent))) {
			throw Problem.unauthorized("The key in `aeg-sas-key` is not valid.");
		}
	}

	private void requireAcceptedBearer(@Nullable String authorization) {
		if (authorization != null && authorization.startsWith("SharedAccessKey ")) {
			throw Problem.unauthorized("A Basic topic does not know `Authorization: SharedAccessKey`, which is for "
					+ "namespaces. Send `aeg-sas-key: <key>`.");
		}
		if (authorization == null || !authorization.startsWith(BEARER_SCHEME) || !this.settings.acceptBearerTokens()) {
			throw Problem.unauthorized("The request must contain one of the following: `aeg-sas-key`, "
					+ "`aeg-sas-token`, or a valid `Authorization` header.");
		}
	}

	private static @Nullable String first(@Nullable String one, @Nullable String other) {
		return (one != null) ? one : other;
	}

}
