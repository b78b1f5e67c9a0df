package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of a table says, such as
 * {@code https://shop.table.core.windows.net/orders?sv=...&sig=...}.
 *
 * @param endpoint the service's address
 * @param tableName the table's name
 * @param credential the shared access signature; {@code null} where the URL has none
 */
public record TableUrl(AzureEndpoint endpoint, String tableName, AzureCredential.@Nullable Sas credential) {

	/**
	 * Parse a URL.
	 * @throws IllegalArgumentException if it is no table's; the message shows no
	 * signature
	 */
	public static TableUrl parse(String url) {
		int question = url.indexOf('?');
		String address = ((question < 0) ? url : url.substring(0, question)).trim();
		while (address.endsWith("/")) {
			address = address.substring(0, address.length() - 1);
		}
		int slash = address.lastIndexOf('/');
		if (slash < address.indexOf("://") + 3) {
			throw new IllegalArgumentException(
					"The URL '" + address + "' has no table: it must be like https://name.host/table?signature");
		}
		String query = (question < 0) ? "" : url.substring(question + 1).trim();
		return new TableUrl(new AzureEndpoint(address.substring(0, slash)), address.substring(slash + 1),
				query.isEmpty() ? null : new AzureCredential.Sas(query));
	}

}
