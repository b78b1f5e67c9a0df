package dev.reactiveazure.core.pipeline;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReferenceArray;

import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * The URIs of targets at one endpoint.
 * <p>
 * Those of {@code POST} are few, one a table, topic or subscription, and the same for
 * every call, so the latest are kept: parsing one costs 300 bytes and 0.6 µs. All others
 * name an entity, and hardly come again.
 */
final class TargetUris {

	private static final int SLOTS = 64;

	private final String address;

	private final String basePath;

	private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(SLOTS);

	TargetUris(AzureEndpoint endpoint) {
		this.address = endpoint.address();
		this.basePath = endpoint.path();
	}

	/**
	 * Return where a request for a target goes.
	 * @throws UnbuiltRequestException if the target is not encoded
	 */
	URI uri(HttpMethod method, String target) {
		return (method == HttpMethod.POST) ? known(target).uri : parse(target);
	}

	/**
	 * Return path and query as they are sent and signed, the endpoint's path included.
	 */
	String sent(HttpMethod method, String target) {
		if (this.basePath.isEmpty()) {
			return target;
		}
		return (method == HttpMethod.POST) ? known(target).sent : this.basePath.concat(target);
	}

	/**
	 * Return path and query as they are sent.
	 * @throws UnbuiltRequestException if they are not encoded
	 */
	String checked(HttpMethod method, String target) {
		if (method == HttpMethod.POST) {
			return known(target).sent;
		}
		if (!EncodedTarget.isValid(target)) {
			throw notEncoded();
		}
		return this.basePath.concat(target);
	}

	private Known known(String target) {
		int slot = target.hashCode() & (SLOTS - 1);
		Known latest = this.known.get(slot);
		if (latest == null || !latest.target.equals(target)) {
			latest = new Known(target, parse(target), this.basePath.concat(target));
			this.known.set(slot, latest);
		}
		return latest;
	}

	private URI parse(String target) {
		try {
			return URI.create(this.address.concat(target));
		}
		catch (IllegalArgumentException ex) {
			// Its message would show the whole URI, a signature in the query included.
			throw notEncoded();
		}
	}

	private static UnbuiltRequestException notEncoded() {
		return new UnbuiltRequestException(
				new IllegalArgumentException("The path or query of the request is not encoded"));
	}

	private record Known(String target, URI uri, String sent) {
	}

}
