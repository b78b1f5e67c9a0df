package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PermissionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds out whether a subscription can be received from, without receiving: an empty one
 * would take seconds to answer. A lock that never was is renewed instead. Whatever the
 * service says to that, it has let the caller in and found the subscription first.
 */
final class StartupCheck {

	private static final List<String> NO_LOCK = List.of("a-lock-that-never-was");

	private final EventBroker broker;

	StartupCheck(EventBroker broker) {
		this.broker = broker;
	}

	/**
	 * Ask the service.
	 * @return what makes receiving impossible, empty if nothing does
	 */
	Mono<Throwable> obstacle() {
		return Mono.defer(() -> this.broker.renewLocks(NO_LOCK))
			.then(Mono.<Throwable>empty())
			.onErrorResume((error) -> Mono.justOrEmpty(obstacle(error)));
	}

	private static @Nullable Throwable obstacle(Throwable error) {
		boolean inTheWay = isRefusal(error) || error instanceof NotFoundException || error instanceof NotSentException
				|| error instanceof OutcomeUnknownException;
		return inTheWay ? error : null;
	}

	/**
	 * Return whether an error says that the service does not let the caller in.
	 */
	static boolean isRefusal(Throwable error) {
		return error instanceof AuthenticationException || error instanceof PermissionException;
	}

}
