package dev.reactiveazure.tables.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Sends what our client refuses to send, and shows answers as they were: the JDK's HTTP
 * client with a signature written after the protocol.
 */
final class WireClient {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.US);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Map<String, String> account = new HashMap<>();

	WireClient(String connectionString) {
		for (String pair : connectionString.split(";")) {
			String[] parts = pair.split("=", 2);
			this.account.put(parts[0], parts[1]);
		}
	}

	String endpoint() {
		return setting("TableEndpoint").replaceAll("/$", "");
	}

	HttpResponse<String> send(String method, String target, @Nullable String body, String... headers) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("x-ms-date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
		all.put("x-ms-version", "2019-02-02");
		all.put("DataServiceVersion", "3.0");
		all.put("Accept", "application/json;odata=minimalmetadata");
		if (body != null) {
			all.put("Content-Type", "application/json");
		}
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		URI uri = URI.create(endpoint() + target);
		all.put("Authorization", "SharedKey " + setting("AccountName") + ":" + signature(method, uri, all));
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		all.forEach(request::header);
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String signature(String method, URI uri, Map<String, String> headers) {
		String query = uri.getRawQuery();
		String comp = (query != null && query.contains("comp=")) ? "?" + query.substring(query.indexOf("comp=")) : "";
		String text = method + "\n\n" + headers.getOrDefault("Content-Type", "") + "\n" + headers.get("x-ms-date")
				+ "\n/" + setting("AccountName") + uri.getRawPath() + comp;
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(setting("AccountKey")), "HmacSHA256"));
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String setting(String name) {
		String value = this.account.get(name);
		if (value == null) {
			throw new IllegalArgumentException("The connection string has no " + name);
		}
		return value;
	}

}
