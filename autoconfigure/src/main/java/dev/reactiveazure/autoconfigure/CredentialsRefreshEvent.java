package dev.reactiveazure.autoconfigure;

import org.springframework.context.ApplicationEvent;

/**
 * Asks all configured connections to read their keys and signatures again, from the
 * application's environment and from files. To be published by whoever has changed them,
 * such as a listener to the refresh of a configuration server.
 */
public class CredentialsRefreshEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the event.
	 * @param source who has changed credentials
	 */
	public CredentialsRefreshEvent(Object source) {
		super(source);
	}

}
