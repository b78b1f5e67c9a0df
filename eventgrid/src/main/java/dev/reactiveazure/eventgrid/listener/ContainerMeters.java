package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * The account of one container: opened at its first start, kept over all its runs, closed
 * with it. So that a container that is only made, or started a hundred times, leaves
 * nothing behind.
 */
final class ContainerMeters {

	private final ListenerMetrics metrics;

	private final EventGridListenerContainer container;

	private ListenerMetrics.@Nullable Recorder recorder;

	ContainerMeters(ListenerMetrics metrics, EventGridListenerContainer container) {
		this.metrics = metrics;
		this.container = container;
	}

	/**
	 * Return what a run of the container reports to. Not thread-safe, as
	 * {@link #close()}: the container's lock guards both.
	 */
	ListenerMetrics.Recorder open() {
		ListenerMetrics.Recorder current = this.recorder;
		if (current == null) {
			current = this.metrics.record(this.container);
			this.recorder = current;
		}
		return current;
	}

	void close() {
		ListenerMetrics.Recorder current = this.recorder;
		this.recorder = null;
		if (current != null) {
			current.close();
		}
	}

}
