package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;
import java.util.List;

/**
 * The answer to a receive whose client was gone before it was written. Like the
 * service's, its locks stay until they expire, unless
 * {@link EventGridSettings#unlockUnreadAnswers()} says otherwise.
 *
 * @param at when the emulator learned that the client was gone
 * @param lockTokens the tokens nobody will settle
 * @param eventIds the {@code id}s of the locked events, in the order of the tokens
 */
public record UnreadAnswer(Instant at, List<String> lockTokens, List<String> eventIds) {

	public UnreadAnswer {
		lockTokens = List.copyOf(lockTokens);
		eventIds = List.copyOf(eventIds);
	}

}
