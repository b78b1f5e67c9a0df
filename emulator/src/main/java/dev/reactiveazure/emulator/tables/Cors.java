package dev.reactiveazure.emulator.tables;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;

/**
 * Tells browsers which scripts may use the service, by the rules among its properties.
 * The first rule that matches counts. Rules authorize nothing: a request that no rule
 * matches is served all the same, only its answer tells no browser to show it.
 */
final class Cors {

	private static final String ORIGIN = "Origin";

	private final ServiceProperties properties;

	Cors(ServiceProperties properties) {
		this.properties = properties;
	}

	/**
	 * Answers the question that a browser asks before a request. Needs no signature.
	 * @throws Refusal if no rule allows the request
	 */
	EmulatorResponse preflight(EmulatorRequest request) {
		String origin = request.header(ORIGIN);
		String method = request.header("Access-Control-Request-Method");
		if (origin == null || method == null) {
			throw new Refusal(400, "InvalidHeaderValue", "A required CORS header is not present.");
		}
		String wanted = request.header("Access-Control-Request-Headers");
		List<String> headers = CorsRule.split((wanted != null) ? wanted : "");
		CorsRule rule = rule(origin, method, headers);
		if (rule == null) {
			throw new Refusal(403, "CorsPreflightFailure",
					"CORS not enabled or no matching rule found for this request.");
		}
		EmulatorResponse response = allowed(EmulatorResponse.status(200), rule, origin)
			.withHeader("Access-Control-Allow-Methods", method)
			.withHeader("Access-Control-Max-Age", Integer.toString(rule.maxAge()));
		return headers.isEmpty() ? response
				: response.withHeader("Access-Control-Allow-Headers", String.join(",", headers));
	}

	/**
	 * Adds to an answer what a browser must know.
	 */
	EmulatorResponse applied(EmulatorRequest request, EmulatorResponse response) {
		String origin = request.header(ORIGIN);
		if (origin == null || request.method().equals("OPTIONS") || this.properties.corsRules().isEmpty()) {
			return response;
		}
		CorsRule rule = rule(origin, request.method(), List.of());
		if (rule == null) {
			return response.withHeader("Vary", ORIGIN);
		}
		List<String> exposed = rule.exposedOf(response.headers().names());
		EmulatorResponse allowed = allowed(response, rule, origin);
		return exposed.isEmpty() ? allowed
				: allowed.withHeader("Access-Control-Expose-Headers", String.join(",", exposed));
	}

	private static EmulatorResponse allowed(EmulatorResponse response, CorsRule rule, String origin) {
		if (rule.anyOrigin()) {
			return response.withHeader("Access-Control-Allow-Origin", "*");
		}
		return response.withHeader("Access-Control-Allow-Origin", origin)
			.withHeader("Access-Control-Allow-Credentials", "true")
			.withHeader("Vary", ORIGIN);
	}

	private @Nullable CorsRule rule(String origin, String method, List<String> headers) {
		for (CorsRule rule : this.properties.corsRules()) {
			if (rule.allows(origin, method) && rule.allowsHeaders(headers)) {
				return rule;
			}
		}
		return null;
	}

}
