package dev.reactiveazure.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * What connections are made of, whichever service they lead to.
 *
 * @param environment where properties are read again
 * @param beanFactory where the user's details, customizers and conventions are
 * @param transports makes HTTP connections
 * @param entra makes credentials of Microsoft Entra ID
 * @param reload reads credentials again
 */
public record ConnectionParts(Environment environment, ListableBeanFactory beanFactory,
		HttpTransport.Factory transports, EntraCredentials entra, CredentialReload reload) {
}
