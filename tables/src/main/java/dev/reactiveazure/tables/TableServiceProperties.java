package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of an account's Table service. Where they are set, what is {@code null} stays
 * as it is; it takes some 30 seconds until new ones are in force.
 *
 * @param logging what is logged
 * @param hourMetrics what is measured by the hour
 * @param minuteMetrics what is measured by the minute
 * @param cors which web pages may call the service, at most five rules; empty for none
 */
public record TableServiceProperties(@Nullable Logging logging, @Nullable Metrics hourMetrics,
		@Nullable Metrics minuteMetrics, @Nullable List<CorsRule> cors) {

	private static final String VERSION = "1.0";

	private static final int MAX_CORS_RULES = 5;

	private static final TableServiceProperties UNCHANGED = new TableServiceProperties(null, null, null, null);

	public TableServiceProperties {
		if (cors != null) {
			cors = List.copyOf(cors);
			Assert.isTrue(cors.size() <= MAX_CORS_RULES, "The service takes at most 5 CORS rules");
		}
	}

	/**
	 * Return settings that leave everything as it is, to go on from.
	 */
	public static TableServiceProperties unchanged() {
		return UNCHANGED;
	}

	public TableServiceProperties withLogging(@Nullable Logging logging) {
		return new TableServiceProperties(logging, this.hourMetrics, this.minuteMetrics, this.cors);
	}

	public TableServiceProperties withHourMetrics(@Nullable Metrics hourMetrics) {
		return new TableServiceProperties(this.logging, hourMetrics, this.minuteMetrics, this.cors);
	}

	public TableServiceProperties withMinuteMetrics(@Nullable Metrics minuteMetrics) {
		return new TableServiceProperties(this.logging, this.hourMetrics, minuteMetrics, this.cors);
	}

	public TableServiceProperties withCors(@Nullable List<CorsRule> cors) {
		return new TableServiceProperties(this.logging, this.hourMetrics, this.minuteMetrics, cors);
	}

	private static void checkDays(@Nullable Integer days) {
		Assert.isTrue(days == null || (days >= 1 && days <= 365),
				() -> "retentionDays must be between 1 and 365, or null, but is " + days);
	}

	/**
	 * Which calls are logged.
	 *
	 * @param version the version of the log's format
	 * @param read whether reads are
	 * @param write whether writes are
	 * @param delete whether deletes are
	 * @param retentionDays after how many days logs are deleted, 1 to 365; {@code null}
	 * for never
	 */
	public record Logging(String version, boolean read, boolean write, boolean delete,
			@Nullable Integer retentionDays) {

		public Logging {
			checkDays(retentionDays);
		}

		public Logging(boolean read, boolean write, boolean delete, @Nullable Integer retentionDays) {
			this(VERSION, read, write, delete, retentionDays);
		}

	}

	/**
	 * What is measured.
	 *
	 * @param version the version of the metrics' format
	 * @param enabled whether anything is
	 * @param includeApis whether each operation is for itself; not looked at where
	 * nothing is
	 * @param retentionDays after how many days metrics are deleted, 1 to 365;
	 * {@code null} for never
	 */
	public record Metrics(String version, boolean enabled, boolean includeApis, @Nullable Integer retentionDays) {

		public Metrics {
			checkDays(retentionDays);
		}

		public Metrics(boolean enabled, boolean includeApis, @Nullable Integer retentionDays) {
			this(VERSION, enabled, includeApis, retentionDays);
		}

	}

	/**
	 * A rule that lets web pages call the service.
	 *
	 * @param allowedOrigins where the pages come from, or {@code *}
	 * @param allowedMethods the HTTP methods that they may use
	 * @param allowedHeaders the headers that they may send, or what these begin with and
	 * {@code *}
	 * @param exposedHeaders the headers of answers that they may see
	 * @param maxAge how long browsers may remember this, in whole seconds
	 */
	public record CorsRule(List<String> allowedOrigins, List<String> allowedMethods, List<String> allowedHeaders,
			List<String> exposedHeaders, Duration maxAge) {

		public CorsRule {
			Assert.notEmpty(allowedOrigins, "A CORS rule needs allowedOrigins");
			Assert.notEmpty(allowedMethods, "A CORS rule needs allowedMethods");
			Assert.isTrue(!maxAge.isNegative(), "maxAge must not be negative");
			allowedOrigins = List.copyOf(allowedOrigins);
			allowedMethods = List.copyOf(allowedMethods);
			allowedHeaders = List.copyOf(allowedHeaders);
			exposedHeaders = List.copyOf(exposedHeaders);
		}

	}

}
