package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.RequestSigner;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * Adds a shared access signature to each request's query.
 */
final class SasSigner implements RequestSigner {

	private final String token;

	SasSigner(Sas credential) {
		this.token = credential.token();
	}

	@Override
	public String authorise(String pathAndQuery) {
		char separator = (pathAndQuery.indexOf('?') < 0) ? '?' : '&';
		return pathAndQuery + separator + this.token;
	}

	@Override
	public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType, HeaderSink headers) {
		// The query has said it all.
	}

}
