package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Something that happened to a container. Published on the thread on which it happened,
 * which may be one of the HTTP client's: event listeners must not block it.
 */
public abstract sealed class ContainerEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient EventGridListenerContainer container;

	ContainerEvent(EventGridListenerContainer container) {
		super(container);
		this.container = container;
	}

	/**
	 * Return the container.
	 * @return the container that it happened to
	 */
	public EventGridListenerContainer container() {
		return this.container;
	}

	/**
	 * A container was started.
	 */
	public static final class Started extends ContainerEvent {

		private static final long serialVersionUID = 1L;

		Started(EventGridListenerContainer container) {
			super(container);
		}

	}

	/**
	 * A container was paused.
	 */
	public static final class Paused extends ContainerEvent {

		private static final long serialVersionUID = 1L;

		private final String reason;

		Paused(EventGridListenerContainer container, String reason) {
			super(container);
			this.reason = reason;
		}

		/**
		 * Return why.
		 * @return the reason, for a person
		 */
		public String reason() {
			return this.reason;
		}

	}

	/**
	 * A paused container was resumed.
	 */
	public static final class Resumed extends ContainerEvent {

		private static final long serialVersionUID = 1L;

		Resumed(EventGridListenerContainer container) {
			super(container);
		}

	}

	/**
	 * A container met an error that it can't, or is told not to, go on after. Its stop
	 * follows.
	 */
	public static final class Failed extends ContainerEvent {

		private static final long serialVersionUID = 1L;

		private final Throwable error;

		Failed(EventGridListenerContainer container, Throwable error) {
			super(container);
			this.error = error;
		}

		/**
		 * Return what it failed of.
		 * @return the error
		 */
		public Throwable error() {
			return this.error;
		}

	}

	/**
	 * A container has stopped: it holds nothing any more.
	 */
	public static final class Stopped extends ContainerEvent {

		private static final long serialVersionUID = 1L;

		private final @Nullable Throwable error;

		Stopped(EventGridListenerContainer container, @Nullable Throwable error) {
			super(container);
			this.error = error;
		}

		/**
		 * Return what it failed of.
		 * @return the error, {@code null} where it was stopped on purpose
		 */
		public @Nullable Throwable error() {
			return this.error;
		}

	}

}
