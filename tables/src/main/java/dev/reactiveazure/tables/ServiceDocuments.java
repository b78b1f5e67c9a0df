package dev.reactiveazure.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.Timestamps;
import dev.reactiveazure.tables.TableServiceProperties.CorsRule;
import dev.reactiveazure.tables.TableServiceProperties.Logging;
import dev.reactiveazure.tables.TableServiceProperties.Metrics;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The documents in XML that set up a service and its tables.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/set-table-service-properties">Set
 * Table Service Properties</a>
 */
final class ServiceDocuments {

	private static final int MAX_POLICIES = 5;

	private ServiceDocuments() {
	}

	static TableServiceProperties properties(Answer answer) {
		XmlElement root = XmlElement.read(answer, "StorageServiceProperties");
		XmlElement logging = root.child("Logging");
		XmlElement cors = root.child("Cors");
		return new TableServiceProperties((logging != null) ? logging(logging) : null,
				metrics(root.child("HourMetrics")), metrics(root.child("MinuteMetrics")),
				(cors != null) ? cors.children("CorsRule").stream().map(ServiceDocuments::corsRule).toList() : null);
	}

	private static Logging logging(XmlElement logging) {
		return new Logging(version(logging), logging.flag("Read"), logging.flag("Write"), logging.flag("Delete"),
				retentionDays(logging));
	}

	private static @Nullable Metrics metrics(@Nullable XmlElement metrics) {
		if (metrics == null) {
			return null;
		}
		return new Metrics(version(metrics), metrics.flag("Enabled"), metrics.flag("IncludeAPIs"),
				retentionDays(metrics));
	}

	private static String version(XmlElement element) {
		String version = element.text("Version");
		return (version != null) ? version : "1.0";
	}

	private static @Nullable Integer retentionDays(XmlElement element) {
		XmlElement retention = element.child("RetentionPolicy");
		String days = (retention != null && retention.flag("Enabled")) ? retention.text("Days") : null;
		return (days != null) ? Integer.valueOf(days) : null;
	}

	private static CorsRule corsRule(XmlElement rule) {
		String maxAge = rule.text("MaxAgeInSeconds");
		return new CorsRule(list(rule, "AllowedOrigins"), list(rule, "AllowedMethods"), list(rule, "AllowedHeaders"),
				list(rule, "ExposedHeaders"), Duration.ofSeconds((maxAge != null) ? Long.parseLong(maxAge) : 0));
	}

	private static List<String> list(XmlElement rule, String name) {
		return List.of(StringUtils.tokenizeToStringArray(rule.text(name), ","));
	}

	static RequestBody write(TableServiceProperties properties) {
		return new XmlBody("StorageServiceProperties", (root) -> {
			Logging logging = properties.logging();
			if (logging != null) {
				root.element("Logging", (element) -> write(element, logging));
			}
			write(root, "HourMetrics", properties.hourMetrics());
			write(root, "MinuteMetrics", properties.minuteMetrics());
			List<CorsRule> cors = properties.cors();
			if (cors != null) {
				root.element("Cors",
						(element) -> cors.forEach((rule) -> element.element("CorsRule", (each) -> write(each, rule))));
			}
		});
	}

	private static void write(XmlBody.Elements element, Logging logging) {
		element.text("Version", logging.version());
		element.text("Delete", logging.delete());
		element.text("Read", logging.read());
		element.text("Write", logging.write());
		writeRetention(element, logging.retentionDays());
	}

	private static void write(XmlBody.Elements root, String name, @Nullable Metrics metrics) {
		if (metrics == null) {
			return;
		}
		root.element(name, (element) -> {
			element.text("Version", metrics.version());
			element.text("Enabled", metrics.enabled());
			// The service refuses it where nothing is measured.
			element.text("IncludeAPIs", metrics.enabled() ? metrics.includeApis() : null);
			writeRetention(element, metrics.retentionDays());
		});
	}

	private static void writeRetention(XmlBody.Elements element, @Nullable Integer days) {
		element.element("RetentionPolicy", (retention) -> {
			retention.text("Enabled", days != null);
			retention.text("Days", days);
		});
	}

	private static void write(XmlBody.Elements element, CorsRule rule) {
		element.text("AllowedOrigins", String.join(",", rule.allowedOrigins()));
		element.text("AllowedMethods", String.join(",", rule.allowedMethods()));
		element.text("AllowedHeaders", String.join(",", rule.allowedHeaders()));
		element.text("ExposedHeaders", String.join(",", rule.exposedHeaders()));
		element.text("MaxAgeInSeconds", rule.maxAge().toSeconds());
	}

	static TableServiceStatistics statistics(Answer answer) {
		XmlElement replication = XmlElement.read(answer, "StorageServiceStats").child("GeoReplication");
		String status = (replication != null) ? replication.text("Status") : null;
		if (replication == null || status == null) {
			throw new IllegalStateException("the statistics have no status of the replication");
		}
		String lastSync = replication.text("LastSyncTime");
		return new TableServiceStatistics(TableServiceStatistics.Status.valueOf(status.toUpperCase(Locale.ROOT)),
				(lastSync != null) ? ZonedDateTime.parse(lastSync, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
						: null);
	}

	/**
	 * Write for when a user delegation key is wanted.
	 * @throws IllegalArgumentException if it would end before it begins
	 */
	static RequestBody keyInfo(Instant start, Instant expiry) {
		Instant from = start.truncatedTo(ChronoUnit.SECONDS);
		Instant to = expiry.truncatedTo(ChronoUnit.SECONDS);
		Assert.isTrue(to.isAfter(from), () -> "The expiry " + to + " must be after the start " + from);
		return new XmlBody("KeyInfo", (root) -> {
			root.text("Start", from);
			root.text("Expiry", to);
		});
	}

	static UserDelegationKey delegationKey(Answer answer) {
		XmlElement key = XmlElement.read(answer, "UserDelegationKey");
		return new UserDelegationKey(required(key, "SignedOid"), required(key, "SignedTid"),
				Timestamps.parse(required(key, "SignedStart")), Timestamps.parse(required(key, "SignedExpiry")),
				required(key, "SignedService"), required(key, "SignedVersion"), required(key, "Value"));
	}

	private static String required(XmlElement element, String name) {
		String text = element.text(name);
		if (text == null) {
			throw new IllegalStateException("it has no " + name);
		}
		return text;
	}

	static List<AccessPolicy> policies(Answer answer) {
		return XmlElement.read(answer, "SignedIdentifiers")
			.children("SignedIdentifier")
			.stream()
			.map(ServiceDocuments::policy)
			.toList();
	}

	private static AccessPolicy policy(XmlElement identifier) {
		String id = identifier.text("Id");
		XmlElement policy = identifier.child("AccessPolicy");
		if (policy == null) {
			return new AccessPolicy((id != null) ? id : "", null, null, TableSasPermission.of(""));
		}
		String letters = policy.text("Permission");
		return new AccessPolicy((id != null) ? id : "", time(policy.text("Start")), time(policy.text("Expiry")),
				TableSasPermission.of((letters != null) ? letters : ""));
	}

	/**
	 * Read a moment in one of the forms that the service takes and gives back: a day, or
	 * with minutes, seconds or more.
	 */
	private static @Nullable Instant time(@Nullable String text) {
		if (text == null) {
			return null;
		}
		if (text.length() == "2020-01-01".length()) {
			return Timestamps.parse(text + "T00:00:00Z");
		}
		boolean noSeconds = text.length() > 16 && text.charAt(16) != ':';
		return Timestamps.parse(noSeconds ? text.substring(0, 16) + ":00" + text.substring(16) : text);
	}

	/**
	 * Write access policies.
	 * @throws InvalidEntityException if there are more than the service takes, or two of
	 * one id
	 */
	static RequestBody write(List<AccessPolicy> policies) {
		if (policies.size() > MAX_POLICIES) {
			throw new InvalidEntityException("policies",
					"A table has at most 5 access policies, but these are " + policies.size());
		}
		for (AccessPolicy policy : policies) {
			if (policies.stream().filter((other) -> other.id().equals(policy.id())).count() > 1) {
				throw new InvalidEntityException("policies", "There are two access policies '" + policy.id() + "'");
			}
		}
		return new XmlBody("SignedIdentifiers", (root) -> policies
			.forEach((policy) -> root.element("SignedIdentifier", (identifier) -> write(identifier, policy))));
	}

	private static void write(XmlBody.Elements identifier, AccessPolicy policy) {
		identifier.text("Id", policy.id());
		identifier.element("AccessPolicy", (element) -> {
			element.text("Start", (policy.start() != null) ? Timestamps.format(policy.start()) : null);
			element.text("Expiry", (policy.expiry() != null) ? Timestamps.format(policy.expiry()) : null);
			String letters = TableSasPermission.letters(policy.permissions());
			element.text("Permission", letters.isEmpty() ? null : letters);
		});
	}

}
