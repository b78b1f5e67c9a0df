package dev.reactiveazure.tables;

import org.springframework.util.Assert;

/**
 * The version of an entity, as the service gave it. Opaque: compared and sent back as it
 * is.
 *
 * @param value the text, such as {@code W/"datetime'2023-04-11T21%3A16%3A39.2285628Z'"}
 */
public record ETag(String value) {

	public ETag {
		Assert.hasText(value, "An ETag must not be empty");
		Assert.isTrue(!value.equals("*"), "'*' is no version: use MatchCondition.any()");
	}

	public static ETag of(String value) {
		return new ETag(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
