package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;

/**
 * How the emulated Event Grid behaves. Immutable; {@link #defaults()} follows the
 * service, {@link #builder()} changes single settings.
 *
 * @param accessKey the key of the namespace and of the Basic endpoint, taken verbatim
 * (signatures of the Basic endpoint need Base64 text); default {@value #DEFAULT_KEY}
 * @param lockDuration how long a receive locks events; positive, default 60 seconds. The
 * service allows 60 to 300 seconds, the emulator any length
 * @param maxDeliveryCount after how many deliveries an event is dead-lettered; 1 or more,
 * default 10. The service allows at most 10, the emulator any number
 * @param timeToLive how long after publication an event is given up; positive, default 7
 * days. A locked event is given up when its lock ends
 * @param createOnFirstUse whether an unknown topic or subscription is created when it is
 * first named in a request instead of answered with 404; default false
 * @param strictValidation whether events are checked attribute by attribute and names of
 * topics and subscriptions must be 3 to 50 letters, digits and hyphens; default true. If
 * false, only {@code id}, {@code source} and {@code type} are required
 * @param acceptBearerTokens whether any {@code Authorization: Bearer} token is taken for
 * valid, for tests of Entra ID credentials; default false
 * @param maxBodyBytes the largest request body, in bytes; default 1,048,576
 * @param tooLargeStatus the status for a larger body: 413 (default) or 403; which one the
 * service uses is not documented
 * @param basicSchema the input schema of the Basic endpoint; default
 * {@link BasicSchema#ANY}
 * @param unlockUnreadAnswers whether events whose answer could not be written become
 * available at once, without counting as delivered; default false, as the service keeps
 * their locks until they expire
 * @param historyLimit of how many published events each subscription remembers the
 * {@linkplain EventGridEmulator#history history}; 0 or more, default 10,000, the oldest
 * are forgotten first
 * @param deadLetterLimit how many dead letters each subscription keeps, and how many
 * {@linkplain EventGridEmulator#answersNeverRead answers never read}; 0 or more, default
 * 10,000, the oldest are dropped first
 * @param basicEventLimit how many events the Basic endpoint keeps; 0 or more, default
 * 10,000, the oldest are dropped first
 */
public record EventGridSettings(String accessKey, Duration lockDuration, int maxDeliveryCount, Duration timeToLive,
		boolean createOnFirstUse, boolean strictValidation, boolean acceptBearerTokens, int maxBodyBytes,
		int tooLargeStatus, BasicSchema basicSchema, boolean unlockUnreadAnswers, int historyLimit, int deadLetterLimit,
		int basicEventLimit) {

	/**
	 * The access key when none is given.
	 */
	public static final String DEFAULT_KEY = "ZW11bGF0b3ItZXZlbnQtZ3JpZC1hY2Nlc3Mta2V5LTE=";

	private static final int DEFAULT_LIMIT = 10_000;

	/**
	 * Checks the ranges.
	 * @throws IllegalArgumentException if a setting is out of its range; the message
	 * names it
	 */
	public EventGridSettings {
		require(!accessKey.isBlank(), "accessKey must not be blank");
		require(lockDuration.compareTo(Duration.ZERO) > 0, "lockDuration must be positive: " + lockDuration);
		require(maxDeliveryCount > 0, "maxDeliveryCount must be at least 1: " + maxDeliveryCount);
		require(timeToLive.compareTo(Duration.ZERO) > 0, "timeToLive must be positive: " + timeToLive);
		require(maxBodyBytes > 0, "maxBodyBytes must be positive: " + maxBodyBytes);
		require(tooLargeStatus == 413 || tooLargeStatus == 403, "tooLargeStatus must be 413 or 403: " + tooLargeStatus);
		require(historyLimit >= 0, "historyLimit must not be negative: " + historyLimit);
		require(deadLetterLimit >= 0, "deadLetterLimit must not be negative: " + deadLetterLimit);
		require(basicEventLimit >= 0, "basicEventLimit must not be negative: " + basicEventLimit);
	}

	/**
	 * The settings of a fresh Event Grid namespace.
	 * @return the defaults
	 */
	public static EventGridSettings defaults() {
		return builder().build();
	}

	/**
	 * Starts from the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException("Event Grid emulator setting " + message);
		}
	}

	/**
	 * Hides the access key.
	 */
	@Override
	public String toString() {
		return "EventGridSettings[accessKey=***, lockDuration=" + this.lockDuration + ", maxDeliveryCount="
				+ this.maxDeliveryCount + ", timeToLive=" + this.timeToLive + ", createOnFirstUse="
				+ this.createOnFirstUse + ", strictValidation=" + this.strictValidation + "]";
	}

	/**
	 * Collects settings; what is not set keeps its default. Not thread-safe.
	 */
	public static final class Builder {

		private String accessKey = DEFAULT_KEY;

		private Duration lockDuration = Duration.ofSeconds(60);

		private int maxDeliveryCount = 10;

		private Duration timeToLive = Duration.ofDays(7);

		private boolean createOnFirstUse;

		private boolean strictValidation = true;

		private boolean acceptBearerTokens;

		private int maxBodyBytes = 1 << 20;

		private int tooLargeStatus = 413;

		private BasicSchema basicSchema = BasicSchema.ANY;

		private boolean unlockUnreadAnswers;

		private int historyLimit = DEFAULT_LIMIT;

		private int deadLetterLimit = DEFAULT_LIMIT;

		private int basicEventLimit = DEFAULT_LIMIT;

		private Builder() {
		}

		/**
		 * Sets the access key.
		 * @param key the key
		 * @return this builder
		 * @see EventGridSettings#accessKey()
		 */
		public Builder accessKey(String key) {
			this.accessKey = key;
			return this;
		}

		/**
		 * Sets how long a receive locks events.
		 * @param duration the duration
		 * @return this builder
		 * @see EventGridSettings#lockDuration()
		 */
		public Builder lockDuration(Duration duration) {
			this.lockDuration = duration;
			return this;
		}

		/**
		 * Sets the number of allowed deliveries.
		 * @param count the number
		 * @return this builder
		 * @see EventGridSettings#maxDeliveryCount()
		 */
		public Builder maxDeliveryCount(int count) {
			this.maxDeliveryCount = count;
			return this;
		}

		/**
		 * Sets how long events live.
		 * @param duration the duration
		 * @return this builder
		 * @see EventGridSettings#timeToLive()
		 */
		public Builder timeToLive(Duration duration) {
			this.timeToLive = duration;
			return this;
		}

		/**
		 * Sets whether unknown topics and subscriptions are created.
		 * @param create whether to create them
		 * @return this builder
		 * @see EventGridSettings#createOnFirstUse()
		 */
		public Builder createOnFirstUse(boolean create) {
			this.createOnFirstUse = create;
			return this;
		}

		/**
		 * Sets how closely events and names are checked.
		 * @param strict whether to check everything
		 * @return this builder
		 * @see EventGridSettings#strictValidation()
		 */
		public Builder strictValidation(boolean strict) {
			this.strictValidation = strict;
			return this;
		}

		/**
		 * Sets whether every bearer token is valid.
		 * @param accept whether to accept them
		 * @return this builder
		 * @see EventGridSettings#acceptBearerTokens()
		 */
		public Builder acceptBearerTokens(boolean accept) {
			this.acceptBearerTokens = accept;
			return this;
		}

		/**
		 * Sets the largest request body.
		 * @param bytes the size in bytes
		 * @return this builder
		 * @see EventGridSettings#maxBodyBytes()
		 */
		public Builder maxBodyBytes(int bytes) {
			this.maxBodyBytes = bytes;
			return this;
		}

		/**
		 * Sets the status for larger bodies.
		 * @param status 413 or 403
		 * @return this builder
		 * @see EventGridSettings#tooLargeStatus()
		 */
		public Builder tooLargeStatus(int status) {
			this.tooLargeStatus = status;
			return this;
		}

		/**
		 * Sets the input schema of the Basic endpoint.
		 * @param schema the schema
		 * @return this builder
		 * @see EventGridSettings#basicSchema()
		 */
		public Builder basicSchema(BasicSchema schema) {
			this.basicSchema = schema;
			return this;
		}

		/**
		 * Sets whether events of answers never read are unlocked.
		 * @param unlock whether to unlock them
		 * @return this builder
		 * @see EventGridSettings#unlockUnreadAnswers()
		 */
		public Builder unlockUnreadAnswers(boolean unlock) {
			this.unlockUnreadAnswers = unlock;
			return this;
		}

		/**
		 * Sets how many events' histories are kept.
		 * @param events the number per subscription
		 * @return this builder
		 * @see EventGridSettings#historyLimit()
		 */
		public Builder historyLimit(int events) {
			this.historyLimit = events;
			return this;
		}

		/**
		 * Sets how many dead letters are kept.
		 * @param events the number per subscription
		 * @return this builder
		 * @see EventGridSettings#deadLetterLimit()
		 */
		public Builder deadLetterLimit(int events) {
			this.deadLetterLimit = events;
			return this;
		}

		/**
		 * Sets how many events of the Basic endpoint are kept.
		 * @param events the number
		 * @return this builder
		 * @see EventGridSettings#basicEventLimit()
		 */
		public Builder basicEventLimit(int events) {
			this.basicEventLimit = events;
			return this;
		}

		/**
		 * Creates the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if one is out of its range
		 */
		public EventGridSettings build() {
			return new EventGridSettings(this.accessKey, this.lockDuration, this.maxDeliveryCount, this.timeToLive,
					this.createOnFirstUse, this.strictValidation, this.acceptBearerTokens, this.maxBodyBytes,
					this.tooLargeStatus, this.basicSchema, this.unlockUnreadAnswers, this.historyLimit,
					this.deadLetterLimit, this.basicEventLimit);
		}

	}

}
