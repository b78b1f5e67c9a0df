package dev.reactiveazure.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which service has no connection, and which properties give it one.
 */
final class ConnectionNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<ConnectionNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConnectionNotConfiguredException cause) {
		String message = String.valueOf(cause.getMessage());
		String description = message.substring(0, message.length() - cause.remedy().length()).trim();
		return new FailureAnalysis(description, cause.remedy(), cause);
	}

}
