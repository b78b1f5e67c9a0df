package dev.reactiveazure.core.pipeline;

import java.net.URI;

import dev.reactiveazure.core.AzureEndpoint;
import org.springframework.http.HttpMethod;

/**
 * The URIs of targets at one endpoint.
 * <p>
 * The latest of {@code POST} are kept: parsing one costs 300 bytes and 0.6 µs. All others
 * name an entity, and hardly come again.
 */
final class TargetUris {

	private final String address;

	private final String basePath;

	private final PerTarget<Known> known = new PerTarget<>((target) -> new Known(parse(target), sent(target)));

	TargetUris(AzureEndpoint endpoint) {
		this.address = endpoint.address();
		this.basePath = endpoint.path();
	}

	/**
	 * Return where a request for a target goes.
	 * @throws UnbuiltRequestException if the target is not encoded
	 */
	URI uri(HttpMethod method, String target) {
		return (method == HttpMethod.POST) ? this.known.of(target).uri : parse(target);
	}

	/**
	 * Return path and query as they are sent and signed, the endpoint's path included.
	 */
	String sent(HttpMethod method, String target) {
		if (this.basePath.isEmpty()) {
			return target;
		}
		return (method == HttpMethod.POST) ? this.known.of(target).sent : sent(target);
	}

	/**
	 * Return path and query as they are sent.
	 * @throws UnbuiltRequestException if they are not encoded
	 */
	String checked(HttpMethod method, String target) {
		if (method == HttpMethod.POST) {
			return this.known.of(target).sent;
		}
		if (!EncodedTarget.isValid(target)) {
			throw notEncoded();
		}
		return sent(target);
	}

	private String sent(String target) {
		return this.basePath.concat(target);
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

	private record Known(URI uri, String sent) {
	}

}
