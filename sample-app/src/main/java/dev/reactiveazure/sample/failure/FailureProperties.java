package dev.reactiveazure.sample.failure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How often handlers fail on purpose.
 *
 * @param failureRate the share of handler calls that fail: 0 for none (default) to 1 for
 * all
 * @param failureSeed where the random numbers begin, to see the same run again
 */
@ConfigurationProperties("desk")
public record FailureProperties(@DefaultValue("0") double failureRate, @DefaultValue("1") long failureSeed) {

	public FailureProperties {
		Assert.isTrue(failureRate >= 0 && failureRate <= 1,
				() -> "desk.failure-rate must be between 0 and 1, but was " + failureRate);
	}

}
