package dev.reactiveazure.emulator.tables;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;

/**
 * Finds out who sends a request: SharedKey, SharedKeyLite, a shared access signature, or
 * a bearer token if those are accepted.
 */
final class Authenticator {

	private static final Duration MAX_SKEW = Duration.ofMinutes(15);

	private static final String FULL = "SharedKey ";

	private static final String LITE = "SharedKeyLite ";

	static final String BEARER = "Bearer ";

	/** The last version that answers a bad token without a challenge. */
	private static final String LAST_WITHOUT_CHALLENGE = "2019-07-07";

	private final String account;

	private final Signer signer;

	private final EmulatorClock clock;

	private final SasAuthenticator sas;

	private final boolean acceptBearerTokens;

	Authenticator(TablesSettings settings, Signer signer, EmulatorClock clock, SasAuthenticator sas) {
		this.account = settings.accountName();
		this.acceptBearerTokens = settings.acceptBearerTokens();
		this.signer = signer;
		this.clock = clock;
		this.sas = sas;
	}

	Grant authenticate(EmulatorRequest request) {
		String authorization = request.header("Authorization");
		if (authorization == null && request.query().has("sig")) {
			return this.sas.authenticate(request);
		}
		if (authorization == null) {
			throw unauthenticated("NoAuthenticationInformation");
		}
		if (authorization.startsWith(FULL)) {
			checkSignature(request, authorization.substring(FULL.length()), true);
			return new Grant.Owner();
		}
		if (authorization.startsWith(LITE)) {
			checkSignature(request, authorization.substring(LITE.length()), false);
			return new Grant.Owner();
		}
		if (authorization.startsWith(BEARER)) {
			checkToken(authorization.substring(BEARER.length()), request.header("x-ms-version"));
			return new Grant.TokenHolder();
		}
		throw unauthenticated("InvalidAuthenticationInfo");
	}

	private void checkToken(String token, @Nullable String version) {
		if (this.acceptBearerTokens && !token.isBlank()) {
			return;
		}
		boolean challenged = version != null && version.compareTo(LAST_WITHOUT_CHALLENGE) > 0;
		throw challenged ? unauthenticated("InvalidAuthenticationInfo") : Refusal.authenticationFailed();
	}

	private static Refusal unauthenticated(String code) {
		return new Refusal(401, code, "Server failed to authenticate the request. Please refer to the information in "
				+ "the www-authenticate header.");
	}

	private void checkSignature(EmulatorRequest request, String credential, boolean full) {
		int colon = credential.indexOf(':');
		if (colon < 0) {
			throw unauthenticated("InvalidAuthenticationInfo");
		}
		String date = date(request);
		checkAge(date);
		String signature = credential.substring(colon + 1);
		boolean genuine = credential.substring(0, colon).equals(this.account) && paths(request.rawPath()).stream()
			.anyMatch((path) -> this.signer.matches(textToSign(request, date, path, full), signature));
		if (!genuine) {
			throw Refusal.authenticationFailed();
		}
	}

	/**
	 * The paths that clients sign: as sent, and on the secondary endpoint some sign the
	 * primary's.
	 */
	private Set<String> paths(String rawPath) {
		Set<String> paths = new TreeSet<>();
		String path = rawPath.isEmpty() ? "/" : rawPath;
		paths.add(path);
		paths.add(path.replaceFirst("^/" + this.account + AccountPath.SECONDARY_SUFFIX, "/" + this.account));
		return paths;
	}

	private String textToSign(EmulatorRequest request, String date, String path, boolean full) {
		String comp = request.query().get("comp");
		String resource = "/" + this.account + path + ((comp != null) ? "?comp=" + comp : "");
		if (!full) {
			return date + "\n" + resource;
		}
		return request.method() + "\n" + value(request.header("Content-MD5")) + "\n"
				+ value(request.header("Content-Type")) + "\n" + date + "\n" + resource;
	}

	private static String value(@Nullable String header) {
		return (header != null) ? header : "";
	}

	private static String date(EmulatorRequest request) {
		String date = request.header("x-ms-date");
		String value = (date != null) ? date : request.header("Date");
		if (value == null) {
			throw Refusal.authenticationFailed();
		}
		return value;
	}

	private void checkAge(String date) {
		try {
			Instant sent = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			if (Duration.between(sent, this.clock.now()).abs().compareTo(MAX_SKEW) <= 0) {
				return;
			}
		}
		catch (DateTimeException ex) {
			// No date is as bad as a wrong one.
		}
		throw Refusal.authenticationFailed();
	}

}
