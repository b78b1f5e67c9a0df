package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;
import dev.reactiveazure.emulator.http.Query;

/**
 * The shapes of answers that operations share.
 */
final class Answers {

	static final String XML = "application/xml";

	private static final Set<String> AUTHENTICATION = Set.of("NoAuthenticationInformation", "InvalidAuthenticationInfo",
			"AuthenticationFailed");

	private final EntityWriter writer;

	Answers(EntityWriter writer) {
		this.writer = writer;
	}

	static EmulatorResponse json(MetadataLevel level, byte[] body) {
		return EmulatorResponse.status(200)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("Content-Type", level.contentType())
			.withBody(body);
	}

	static EmulatorResponse created(MetadataLevel level, byte[] body, String location) {
		return EmulatorResponse.status(201)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("Content-Type", level.contentType())
			.withHeader("DataServiceVersion", "3.0;")
			.withHeader("Location", location)
			.withBody(body);
	}

	static EmulatorResponse createdWithoutContent(String location) {
		return EmulatorResponse.status(204)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("Preference-Applied", "return-no-content")
			.withHeader("DataServiceVersion", "3.0;")
			.withHeader("Location", location)
			.withHeader("DataServiceId", location);
	}

	static EmulatorResponse noContent() {
		return EmulatorResponse.status(204)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("DataServiceVersion", "1.0;");
	}

	/**
	 * An error in the form that the client can read: JSON if it asked for JSON, else XML.
	 * An authentication error is JSON only if the client also names its data service
	 * version, as the real front end has it, which refuses a token in XML always.
	 */
	EmulatorResponse error(Refusal refusal, Headers headers, Query query, String requestId, Instant now) {
		String text = refusal.text() + "\nRequestId:" + requestId + "\nTime:" + Ticks.formatLong(now);
		EmulatorResponse response = EmulatorResponse.status(refusal.status());
		if (refusal.status() == 401) {
			response = response.withHeader("WWW-Authenticate",
					"Bearer authorization_uri=https://login.microsoftonline.com/emulator/oauth2/authorize "
							+ "resource_id=https://storage.azure.com");
		}
		if (readsJson(refusal, headers, query)) {
			return response.withHeader("Content-Type", MetadataLevel.MINIMAL.contentType())
				.withBody(this.writer.error(refusal.code(), text));
		}
		return response.withHeader("x-ms-error-code", refusal.code()).withBody(XML, xml(refusal.code(), text));
	}

	private static boolean readsJson(Refusal refusal, Headers headers, Query query) {
		if (query.has("comp") || query.has("restype") || refusesToken(refusal, headers)) {
			return false;
		}
		boolean versioned = headers.first("DataServiceVersion") != null;
		return asksForJson(headers.first("Accept"), query.get("$format"))
				&& (versioned || !AUTHENTICATION.contains(refusal.code()));
	}

	private static boolean refusesToken(Refusal refusal, Headers headers) {
		String authorization = headers.first("Authorization");
		return refusal.code().equals("AuthenticationFailed") && authorization != null
				&& authorization.startsWith(Authenticator.BEARER);
	}

	private static boolean asksForJson(@Nullable String accept, @Nullable String format) {
		String wanted = (format != null) ? format : (accept != null) ? accept : "";
		return wanted.toLowerCase(Locale.ROOT).contains("json");
	}

	private static String xml(String code, String text) {
		return "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
				+ "<m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><m:code>"
				+ Xml.escape(code) + "</m:code><m:message xml:lang=\"en-US\">" + Xml.escape(text)
				+ "</m:message></m:error>";
	}

}
