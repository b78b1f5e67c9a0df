package dev.reactiveazure.tables;

import java.util.Locale;

import dev.reactiveazure.core.AzureEndpoint;

/**
 * Which service answers: they speak the same protocol with different limits.
 */
public enum TableServiceKind {

	/** The Table service of a storage account, or an emulator of it. */
	STORAGE,

	/**
	 * The Table API of Cosmos DB: merges travel as {@code POST}, transactions may have 2
	 * MiB instead of 4, row keys 255 bytes, names of tables nearly any character;
	 * entities come in no order, and there are no service properties, statistics and
	 * stored access policies.
	 */
	COSMOS;

	/**
	 * Return what a host's name tells.
	 * @return {@link #COSMOS} for {@code *.table.cosmos.*} and
	 * {@code *.table.cosmosdb.*}, else {@link #STORAGE}
	 */
	public static TableServiceKind of(AzureEndpoint endpoint) {
		String host = endpoint.host().toLowerCase(Locale.ROOT);
		return (host.contains(".table.cosmos.") || host.contains(".table.cosmosdb.")) ? COSMOS : STORAGE;
	}

}
