package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.reactiveazure.emulator.http.EmulatorRequest;

/**
 * Lets only requests with a key of the namespace pass:
 * {@code Authorization: SharedAccessKey} and the key, verbatim. Mix-ups with the Basic
 * tier are named.
 */
final class NamespaceAccess {

	private static final String KEY_SCHEME = "SharedAccessKey ";

	private static final String BEARER_SCHEME = "Bearer ";

	private static final String SAS_SCHEME = "SharedAccessSignature ";

	private final AccessKeys keys;

	private final boolean acceptBearerTokens;

	NamespaceAccess(EventGridSettings settings, AccessKeys keys) {
		this.keys = keys;
		this.acceptBearerTokens = settings.acceptBearerTokens();
	}

	/**
	 * Checks a request.
	 * @throws Problem if it may not pass; the message never repeats what was sent
	 */
	void check(EmulatorRequest request) {
		String authorization = request.header("Authorization");
		if (authorization == null) {
			boolean basic = request.header("aeg-sas-key") != null || request.header("aeg-sas-token") != null;
			throw Problem.unauthorized(basic
					? "A namespace does not know `aeg-sas-key` and `aeg-sas-token`, which are for Basic topics. "
							+ "Send `Authorization: SharedAccessKey <key>`."
					: "The request has no `Authorization` header. Send `Authorization: SharedAccessKey <key>`.");
		}
		byte[] sent = bytes(authorization);
		if (this.keys.anyMatch((key) -> MessageDigest.isEqual(bytes(KEY_SCHEME + key), sent))) {
			return;
		}
		if (this.acceptBearerTokens && authorization.startsWith(BEARER_SCHEME)
				&& authorization.length() > BEARER_SCHEME.length()) {
			return;
		}
		if (authorization.startsWith(SAS_SCHEME)) {
			throw Problem.unauthorized("A namespace does not support shared access signatures.");
		}
		throw Problem.unauthorized("The access key or token in the `Authorization` header is not valid.");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
