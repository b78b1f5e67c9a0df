package dev.reactiveazure.eventgrid.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that have not ended. Such a run may outlive its event, which its handler
 * settled by itself; it is found here all the same.
 */
final class RunningHandlers {

	private final Set<HandlerRun> runs = ConcurrentHashMap.newKeySet();

	void add(HandlerRun run) {
		this.runs.add(run);
	}

	void remove(HandlerRun run) {
		this.runs.remove(run);
	}

	/**
	 * Cancel all runs. The fate of their events must be sealed before.
	 * @return how many there were
	 */
	int cancel() {
		int cancelled = 0;
		for (HandlerRun run : this.runs) {
			run.cancel();
			cancelled++;
		}
		return cancelled;
	}

}
