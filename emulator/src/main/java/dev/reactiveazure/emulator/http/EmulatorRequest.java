package dev.reactiveazure.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire, its body complete.
 *
 * @param id a fresh identifier that the service reports as its request id
 * @param method the verb as sent
 * @param rawPath the path as sent, nothing decoded, without the query
 * @param rawQuery the text after the question mark as sent, or null
 * @param headers the header fields
 * @param body the body, empty if there is none; not to be changed
 * @param scheme {@code http} or {@code https}
 * @param host the {@code Host} header: name and, if it was sent, port
 * @param remoteAddress the IP address that the request came from, empty if unknown
 * @param exchange the exchange this request belongs to
 */
public record EmulatorRequest(String id, String method, String rawPath, @Nullable String rawQuery, Headers headers,
		byte[] body, String scheme, String host, String remoteAddress, Exchange exchange) {

	/**
	 * Creates a request that did not come over the wire, for tests of a handler.
	 * @param method the verb
	 * @param target path and query, both encoded
	 * @param headers the header fields
	 * @param body the body, in UTF-8
	 * @return a request to {@code http://localhost} from {@code 127.0.0.1}
	 */
	public static EmulatorRequest of(String method, String target, Headers headers, String body) {
		int question = target.indexOf('?');
		String path = (question < 0) ? target : target.substring(0, question);
		String query = (question < 0) ? null : target.substring(question + 1);
		return new EmulatorRequest(newId(), method, path, query, headers, body.getBytes(StandardCharsets.UTF_8), "http",
				"localhost", "127.0.0.1", Exchange.detached());
	}

	static String newId() {
		return UUID.randomUUID().toString();
	}

	/**
	 * The first value of a header field.
	 * @param name the name in any case
	 * @return the value, or null if there is none
	 */
	public @Nullable String header(String name) {
		return this.headers.first(name);
	}

	/**
	 * All values of a header field.
	 * @param name the name in any case
	 * @return the values, empty if there is none
	 */
	public List<String> headers(String name) {
		return this.headers.all(name);
	}

	/**
	 * The names of the header fields as sent.
	 * @return the names
	 */
	public Set<String> headerNames() {
		return this.headers.names();
	}

	/**
	 * The query parameters, decoded.
	 * @return the parameters, empty if there is no query
	 */
	public Query query() {
		return Query.parse(this.rawQuery);
	}

	/**
	 * The body as UTF-8 text.
	 * @return the text, empty if there is no body
	 */
	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Verb and path; query, headers and body may hold credentials and are left out.
	 */
	@Override
	public String toString() {
		return this.method + " " + this.rawPath;
	}

}
