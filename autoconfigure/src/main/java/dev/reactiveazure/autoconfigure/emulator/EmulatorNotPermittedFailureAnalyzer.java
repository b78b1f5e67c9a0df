package dev.reactiveazure.autoconfigure.emulator;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which guard of the emulator struck, and which properties configure a real
 * connection instead.
 */
final class EmulatorNotPermittedFailureAnalyzer extends AbstractFailureAnalyzer<EmulatorNotPermittedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmulatorNotPermittedException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
	}

}
