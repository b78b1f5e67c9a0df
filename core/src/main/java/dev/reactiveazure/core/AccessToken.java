package dev.reactiveazure.core;

import java.time.Instant;

import org.springframework.util.Assert;

/**
 * A token of Microsoft Entra ID.
 *
 * @param value the token
 * @param expiresAt when it ends
 */
public record AccessToken(String value, Instant expiresAt) {

	public AccessToken {
		Assert.hasText(value, "The token must not be empty");
		Assert.notNull(expiresAt, "The token must have an end");
	}

	@Override
	public String toString() {
		return "AccessToken[value=***, expiresAt=" + this.expiresAt + "]";
	}

}
