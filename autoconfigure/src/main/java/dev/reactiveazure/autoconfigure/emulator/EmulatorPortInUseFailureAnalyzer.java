package dev.reactiveazure.autoconfigure.emulator;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which property names the port that is in use.
 */
final class EmulatorPortInUseFailureAnalyzer extends AbstractFailureAnalyzer<EmulatorPortInUseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmulatorPortInUseException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Stop what listens on port " + cause.port() + ", set '"
				+ cause.property() + "' to another port, or remove that property for a free one.", cause);
	}

}
