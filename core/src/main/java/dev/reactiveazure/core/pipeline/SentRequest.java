package dev.reactiveazure.core.pipeline;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * What is known about a request that was given to a connection: whether the connection
 * had served one before, and whether an answer has begun.
 * <p>
 * A connection that breaks before the first byte of an answer breaks for another reason
 * when it is a used one: the other side closed it while it was idle.
 */
final class SentRequest {

	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(SentRequest.class, "used");

	private final boolean reused;

	private volatile boolean answered;

	private SentRequest(boolean reused) {
		this.reused = reused;
	}

	static SentRequest of(@Nullable Object nativeRequest) {
		if (nativeRequest instanceof ChannelOperations<?, ?> operations) {
			Attribute<Boolean> used = operations.channel().attr(USED);
			return new SentRequest(Boolean.TRUE.equals(used.getAndSet(Boolean.TRUE)));
		}
		return new SentRequest(false);
	}

	boolean isReused() {
		return this.reused;
	}

	void answered() {
		this.answered = true;
	}

	boolean isAnswered() {
		return this.answered;
	}

}
