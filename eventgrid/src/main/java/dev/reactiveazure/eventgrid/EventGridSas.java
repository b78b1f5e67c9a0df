package dev.reactiveazure.eventgrid;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.reactiveazure.core.AzureCredential;

import org.springframework.util.Assert;

/**
 * Makes shared access signatures for topics, domains and partner namespaces of the Basic
 * tier: tokens that let others publish until a moment, without the key. Namespaces do not
 * take them.
 *
 * @see <a href=
 * "https://learn.microsoft.com/azure/event-grid/authenticate-with-access-keys-shared-access-signatures">Authenticate
 * with access keys or shared access signatures</a>
 */
public final class EventGridSas {

	/**
	 * How a token spells endpoint and expiry. The service reads both; they matter to who
	 * compares tokens with those of another client.
	 */
	public enum Form {

		/**
		 * The endpoint as it is, the expiry in RFC 3339 with seconds, as Microsoft's
		 * client for Go writes them.
		 */
		PLAIN("", DateTimeFormatter.ISO_INSTANT),

		/**
		 * The endpoint with {@code ?api-version=2018-01-01}, the expiry in the American
		 * form, as Microsoft's client for Java writes them.
		 */
		VERSIONED("?api-version=2018-01-01",
				DateTimeFormatter.ofPattern("M/d/yyyy h:m:s a", Locale.US).withZone(ZoneOffset.UTC));

		private final String query;

		private final DateTimeFormatter expiry;

		Form(String query, DateTimeFormatter expiry) {
			this.query = query;
			this.expiry = expiry;
		}

	}

	private EventGridSas() {
	}

	/**
	 * Make a token in the form {@link Form#PLAIN}.
	 * @param endpoint the complete URL of topic, domain or partner namespace, such as
	 * {@code https://orders.westeurope-1.eventgrid.azure.net/api/events}
	 * @param key one of its access keys
	 * @param expiry until when the token is good, cut to the second
	 * @return a credential whose token others can be given
	 * @throws IllegalArgumentException if the endpoint is none of the Basic tier, or the
	 * key is not Base64
	 */
	public static AzureCredential.Sas generate(String endpoint, AzureCredential.AccessKey key, Instant expiry) {
		return generate(endpoint, key, expiry, Form.PLAIN);
	}

	/**
	 * Make a token.
	 * @param endpoint the complete URL of topic, domain or partner namespace
	 * @param key one of its access keys
	 * @param expiry until when the token is good, cut to the second
	 * @param form how endpoint and expiry are spelled
	 * @return a credential whose token others can be given
	 * @throws IllegalArgumentException if the endpoint is none of the Basic tier, or the
	 * key is not Base64
	 */
	public static AzureCredential.Sas generate(String endpoint, AzureCredential.AccessKey key, Instant expiry,
			Form form) {
		String resource = BasicAccess.endpoint(endpoint).address() + form.query;
		String unsigned = "r=" + encode(resource) + "&e="
				+ encode(form.expiry.format(expiry.truncatedTo(ChronoUnit.SECONDS)));
		return new AzureCredential.Sas(unsigned + "&s=" + encode(sign(unsigned, key)));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String sign(String unsigned, AzureCredential.AccessKey key) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(decoded(key), "HmacSHA256"));
			return Base64.getEncoder().encodeToString(mac.doFinal(unsigned.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is not available", ex);
		}
	}

	private static byte[] decoded(AzureCredential.AccessKey key) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(key.key());
		}
		catch (IllegalArgumentException ex) {
			// The decoder's message would quote a character of the key.
			bytes = new byte[0];
		}
		Assert.isTrue(bytes.length > 0, "The access key is not valid Base64: copy it from the portal as a whole, "
				+ "with '=', to make shared access signatures of it");
		return bytes;
	}

}
