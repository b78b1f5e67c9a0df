package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What an operation of a transaction does, with its method and headers on the wire.
 */
enum ChangeKind {

	INSERT("insert", "POST", "Prefer: return-no-content\r\n"),

	REPLACE("replace", "PUT", ""),

	MERGE("merge", "MERGE", ""),

	UPSERT_REPLACE("insert or replace", "PUT", ""),

	UPSERT_MERGE("insert or merge", "MERGE", ""),

	DELETE("delete", "DELETE", null);

	/** A constant expression, for the constants above are made before other fields. */
	private static final String ACCEPT = "Accept: application/json;odata=minimalmetadata\r\n";

	private final String description;

	private final String method;

	private final byte[] headers;

	ChangeKind(String description, String method, @Nullable String bodyHeaders) {
		this.description = description;
		this.method = method + " ";
		String text = (bodyHeaders == null) ? ACCEPT : "Content-Type: " + TablesOperations.CONTENT_TYPE + "\r\n"
				+ ACCEPT + bodyHeaders + "DataServiceVersion: 3.0\r\n";
		this.headers = text.getBytes(StandardCharsets.US_ASCII);
	}

	String description() {
		return this.description;
	}

	/**
	 * Return the method with the space behind it.
	 */
	String method() {
		return this.method;
	}

	/**
	 * Return the headers but for {@code If-Match}. Not to be changed.
	 */
	byte[] headers() {
		return this.headers;
	}

	/**
	 * Return what becomes of stored properties that the change does not name.
	 */
	UpdateMode mode() {
		return (this == MERGE || this == UPSERT_MERGE) ? UpdateMode.MERGE : UpdateMode.REPLACE;
	}

}
