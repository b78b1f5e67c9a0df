package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a publisher of the Basic tier adds to each of its requests.
 *
 * @param channel name of the partner channel, sent as {@code aeg-channel-name}; needed
 * only where a partner namespace routes by header. Default {@code null}: none
 * @param contentType content type in place of the schema's. Default {@code null}:
 * {@code application/cloudevents-batch+json} for CloudEvents, {@code application/json}
 * otherwise, each with {@code charset=utf-8}
 */
public record PublishOptions(@Nullable String channel, @Nullable String contentType) {

	private static final PublishOptions NONE = new PublishOptions(null, null);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is blank or has a character that no
	 * header can carry
	 */
	public PublishOptions {
		requireHeaderValue("channel", channel);
		requireHeaderValue("contentType", contentType);
	}

	private static void requireHeaderValue(String name, @Nullable String value) {
		if (value == null) {
			return;
		}
		Assert.hasText(value, () -> name + " must not be blank");
		Assert.isTrue(value.chars().allMatch((c) -> c >= 0x20 && c < 0x7f),
				() -> name + " has a character that no header can carry");
	}

	/**
	 * Return options that add nothing.
	 * @return no channel, and the schema's content type
	 */
	public static PublishOptions none() {
		return NONE;
	}

	public PublishOptions withChannel(@Nullable String channel) {
		return new PublishOptions(channel, this.contentType);
	}

	public PublishOptions withContentType(@Nullable String contentType) {
		return new PublishOptions(this.channel, contentType);
	}

}
