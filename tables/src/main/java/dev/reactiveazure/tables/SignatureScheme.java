package dev.reactiveazure.tables;

/**
 * How requests are signed with an account's key.
 */
public enum SignatureScheme {

	/** Over method, content type, date and resource; the default. */
	SHARED_KEY,

	/**
	 * Over date and resource only, for what stands between client and service and changes
	 * the rest.
	 */
	SHARED_KEY_LITE

}
