package dev.reactiveazure.benchmarks.stub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * One request, as far as the stub looks at it.
 *
 * @param method the HTTP method
 * @param path the raw path
 * @param query the raw query, empty if there is none
 * @param accept the {@code Accept} header, empty if there is none
 * @param clientRequestId the {@code x-ms-client-request-id} header
 * @param body the body, empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(String method, String path, String query, String accept, @Nullable String clientRequestId, byte[] body) {

	/**
	 * The decoded value of a query parameter, or {@code null} if the query lacks it.
	 */
	@Nullable String parameter(String name) {
		for (String pair : this.query.split("&")) {
			int equals = pair.indexOf('=');
			if (equals > 0 && name.equals(decode(pair.substring(0, equals)))) {
				return decode(pair.substring(equals + 1));
			}
		}
		return null;
	}

	int parameter(String name, int fallback) {
		String value = parameter(name);
		return (value != null) ? Integer.parseInt(value) : fallback;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
