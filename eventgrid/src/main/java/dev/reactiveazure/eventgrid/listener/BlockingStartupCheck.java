package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * Waits for what a {@link StartupCheck} finds, because the start of an application has to
 * fail before it goes on. On an event loop it throws {@link IllegalStateException}, and
 * nothing is asked.
 *
 * @param check asks the service
 */
record BlockingStartupCheck(StartupCheck check) {

	/**
	 * Ask the service and wait for its answer.
	 * @return what makes receiving impossible, {@code null} if nothing does
	 * @throws IllegalStateException on a thread that must not wait
	 */
	@Nullable Throwable obstacle() {
		return this.check.obstacle().block();
	}

}
