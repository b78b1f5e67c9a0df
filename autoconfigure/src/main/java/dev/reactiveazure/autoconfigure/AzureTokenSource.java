package dev.reactiveazure.autoconfigure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.TokenSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Fetches tokens through a credential of Azure's own library, which may block for a while
 * before it returns: so not on the caller's thread.
 */
final class AzureTokenSource implements TokenSource {

	private final TokenCredential credential;

	AzureTokenSource(TokenCredential credential) {
		this.credential = credential;
	}

	static @Nullable TokenSource ofBean(ListableBeanFactory beanFactory) {
		TokenCredential bean = beanFactory.getBeanProvider(TokenCredential.class).getIfUnique();
		return (bean != null) ? new AzureTokenSource(bean) : null;
	}

	@Override
	public Mono<AccessToken> token(String scope) {
		return Mono.defer(() -> this.credential.getToken(new TokenRequestContext().addScopes(scope)))
			.map((token) -> new AccessToken(token.getToken(), token.getExpiresAt().toInstant()))
			.subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public String toString() {
		return "AzureTokenSource[" + this.credential.getClass().getSimpleName() + "]";
	}

}
