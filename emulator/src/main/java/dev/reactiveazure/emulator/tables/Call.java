package dev.reactiveazure.emulator.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;
import dev.reactiveazure.emulator.http.Query;

/**
 * An authenticated request with its address understood.
 *
 * @param id the request id
 * @param verb the verb after {@code X-HTTP-Method}; PATCH is MERGE
 * @param headers the header fields
 * @param query the query
 * @param body the body
 * @param location where the account is
 * @param address what is addressed
 * @param grant what the caller may do
 */
record Call(String id, String verb, Headers headers, Query query, byte[] body, AccountPath location, Address address,
		Grant grant) {

	private static final int MAX_SELECTED = 255;

	private static final List<String> TUNNELLED = List.of("MERGE", "PATCH", "PUT", "DELETE");

	static Call of(EmulatorRequest request, AccountPath location, Grant grant) {
		return new Call(request.id(), verb(request.method(), request.headers()), request.headers(), request.query(),
				request.body(), location, Address.parse(location.path()), grant);
	}

	static String verb(String method, Headers headers) {
		List<String> tunnelled = headers.all("X-HTTP-Method");
		if (tunnelled.isEmpty()) {
			return method.equals("PATCH") ? "MERGE" : method;
		}
		if (tunnelled.size() > 1) {
			throw new Refusal(400, "XMethodIncorrectCount",
					"There must be exactly one X-HTTP-Method header in the request.");
		}
		if (!method.equals("POST")) {
			throw new Refusal(400, "XMethodNotUsingPost",
					"The request uses X-HTTP-Method with an HTTP verb other than POST.");
		}
		String verb = tunnelled.get(0).toUpperCase(Locale.ROOT);
		if (!TUNNELLED.contains(verb)) {
			throw new Refusal(400, "XMethodIncorrectValue", "The specified X-HTTP-Method is invalid.");
		}
		return verb.equals("PATCH") ? "MERGE" : verb;
	}

	@Nullable String comp() {
		return this.query.get("comp");
	}

	MetadataLevel level() {
		String format = this.query.get("$format");
		return MetadataLevel.of((format != null) ? format : this.headers.first("Accept"));
	}

	List<String> select() {
		String select = this.query.get("$select");
		if (select == null || select.isBlank()) {
			return List.of();
		}
		List<String> names = Arrays.stream(select.split(","))
			.map(String::trim)
			.filter((name) -> !name.isEmpty())
			.distinct()
			.toList();
		if (names.size() > MAX_SELECTED) {
			throw Refusal.invalidInput();
		}
		return names;
	}

	/**
	 * Whether the client wants the answer to a creation without a body.
	 */
	boolean wantsNoContent() {
		return "return-no-content".equalsIgnoreCase(this.headers.first("Prefer"));
	}

	/**
	 * Tells the client that its explicit wish for a body was heard.
	 */
	EmulatorResponse acknowledged(EmulatorResponse created) {
		boolean asked = "return-content".equalsIgnoreCase(this.headers.first("Prefer"));
		return asked ? created.withHeader("Preference-Applied", "return-content") : created;
	}

}
