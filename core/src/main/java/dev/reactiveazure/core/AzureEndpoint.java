package dev.reactiveazure.core;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The address of a service: scheme, host, port and path, without query and without a
 * slash at its end, such as {@code https://shop.table.core.windows.net} or
 * {@code http://127.0.0.1:10002/devstoreaccount1}. Equal to another of the same address.
 */
public final class AzureEndpoint {

	private static final int LAST_PORT = 65_535;

	/** Numbers only: {@code 127.example.org} is anywhere. */
	private static final String LOOPBACK = "127(\\.\\d{1,3}){3}";

	private final String address;

	/** Parsed once: observations ask for host and port with each call. */
	private final URI uri;

	/**
	 * Create an endpoint.
	 * @param address an absolute {@code http} or {@code https} URL
	 * @throws IllegalArgumentException if it is no such URL, has a query, a fragment or
	 * user information; the message does not repeat a query, which may hold a signature
	 */
	public AzureEndpoint(String address) {
		Assert.hasText(address, "The endpoint must not be empty");
		this.address = normalise(address.trim());
		this.uri = URI.create(this.address);
	}

	private static String normalise(String address) {
		URI uri = parse(address);
		boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
		if (!http || uri.getHost() == null) {
			throw new IllegalArgumentException(
					"The endpoint must be an absolute http or https URL, such as https://name.host, but was '"
							+ shown(address) + "'");
		}
		Assert.isTrue(uri.getRawUserInfo() == null, "The endpoint must not contain a user name or password");
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new IllegalArgumentException(
					"The endpoint must not have a query or fragment: '" + shown(address) + "' is the part to keep");
		}
		if (uri.getPort() > LAST_PORT) {
			throw new IllegalArgumentException("The endpoint '" + shown(address) + "' has a port above " + LAST_PORT);
		}
		int end = address.length();
		while (address.charAt(end - 1) == '/') {
			end--;
		}
		return address.substring(0, end);
	}

	/**
	 * Return what a message may repeat: neither a query nor user information.
	 */
	private static String shown(String address) {
		return address.split("[?#]", 2)[0].replaceFirst("//[^/]*@", "//***@");
	}

	private static URI parse(String address) {
		try {
			return new URI(address);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("The endpoint is not a valid URL: '" + shown(address) + "'");
		}
	}

	/**
	 * Return the address.
	 * @return the URL, without a slash at its end
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Return the path.
	 * @return the path as it is sent, empty or with a slash at its start
	 */
	public String path() {
		return this.uri.getRawPath();
	}

	public String host() {
		return this.uri.getHost();
	}

	/**
	 * Return the port.
	 * @return the port that is named, or the scheme's
	 */
	public int port() {
		if (this.uri.getPort() != -1) {
			return this.uri.getPort();
		}
		return isSecure() ? 443 : 80;
	}

	public boolean isSecure() {
		return this.address.regionMatches(true, 0, "https:", 0, 6);
	}

	/**
	 * Return whether the service is on this machine.
	 * @return {@code true} for {@code localhost} and loopback addresses
	 */
	public boolean isLoopback() {
		String host = host();
		return host.equalsIgnoreCase("localhost") || host.matches(LOOPBACK) || host.equals("[::1]");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AzureEndpoint endpoint && this.address.equals(endpoint.address);
	}

	@Override
	public int hashCode() {
		return this.address.hashCode();
	}

	@Override
	public String toString() {
		return this.address;
	}

}
