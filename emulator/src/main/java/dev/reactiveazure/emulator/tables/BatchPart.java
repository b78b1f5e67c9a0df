package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.Headers;

/**
 * One request inside a transaction's body.
 *
 * @param method the verb as sent
 * @param url the address as sent
 * @param headers the header fields
 * @param body the body
 * @param contentId the Content-ID of the part, or null
 */
record BatchPart(String method, String url, Headers headers, byte[] body, @Nullable String contentId) {

	/**
	 * The raw path and query of the address.
	 */
	String target() {
		int scheme = this.url.indexOf("://");
		if (scheme < 0) {
			return this.url;
		}
		int path = this.url.indexOf('/', scheme + 3);
		return (path < 0) ? "/" : this.url.substring(path);
	}

}
