package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Where an account is read in its second region, by the service's rule for names.
 */
final class SecondaryEndpoint {

	private static final String SUFFIX = "-secondary";

	private SecondaryEndpoint() {
	}

	/**
	 * Return the secondary endpoint of a primary one.
	 * @return {@code https://shop-secondary.table.suffix} for
	 * {@code https://shop.table.suffix}, {@code http://host/shop-secondary} for
	 * {@code http://host/shop}; {@code null} where the address does not show an account
	 */
	static @Nullable AzureEndpoint of(AzureEndpoint primary) {
		String address = primary.address();
		if (!primary.path().isEmpty()) {
			return new AzureEndpoint(address + SUFFIX);
		}
		int table = address.indexOf(".table.");
		boolean firstLabel = table > 0 && table == address.indexOf('.');
		return firstLabel ? new AzureEndpoint(address.substring(0, table) + SUFFIX + address.substring(table)) : null;
	}

	/**
	 * Return the account's name as an address shows it.
	 * @return the path's last segment, or the host's first label
	 */
	static String accountName(AzureEndpoint endpoint) {
		String path = endpoint.path();
		if (!path.isEmpty()) {
			return path.substring(path.lastIndexOf('/') + 1);
		}
		int dot = endpoint.host().indexOf('.');
		return (dot < 0) ? endpoint.host() : endpoint.host().substring(0, dot);
	}

}
