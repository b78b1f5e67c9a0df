package dev.reactiveazure.emulator.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A Table client by hand: the JDK's HTTP client and a signature written after the
 * protocol, not after the emulator.
 */
final class SignedClient {

	static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

	private static final DateTimeFormatter RFC_1123 = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String endpoint;

	private final Instant now;

	SignedClient(String endpoint, Instant now) {
		this.endpoint = endpoint;
		this.now = now;
	}

	HttpResponse<String> send(String method, String target, String... headers) {
		return exchange(method, target, null, headers);
	}

	HttpResponse<String> write(String method, String target, String body, String... headers) {
		return exchange(method, target, body, headers);
	}

	private HttpResponse<String> exchange(String method, String target, @Nullable String body, String... headers) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("x-ms-date", RFC_1123.format(this.now));
		all.put("x-ms-version", "2019-02-02");
		all.put("DataServiceVersion", "3.0");
		all.put("Accept", "application/json;odata=minimalmetadata");
		if (body != null) {
			all.put("Content-Type", "application/json");
		}
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		URI uri = URI.create(this.endpoint + target);
		all.putIfAbsent("Authorization", "SharedKey devstoreaccount1:" + sign(method, uri, all));
		return sendUnsigned(method, uri, body, all);
	}

	HttpResponse<String> sendUnsigned(String method, URI uri, @Nullable String body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		request.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		headers.forEach(request::header);
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

	private static String sign(String method, URI uri, Map<String, String> headers) {
		String query = uri.getRawQuery();
		String comp = (query != null && query.contains("comp=")) ? "?" + query.substring(query.indexOf("comp=")) : "";
		return hmac(method + "\n\n" + headers.getOrDefault("Content-Type", "") + "\n" + headers.get("x-ms-date")
				+ "\n/devstoreaccount1" + uri.getRawPath() + comp);
	}

	static String hmac(String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (java.security.GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
