package dev.reactiveazure.core.pipeline;

import java.util.function.Function;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

/**
 * Signs with what a {@link RotatingCredential} holds. Keeps the signers of the last two
 * credentials, for a rotation goes back and forth between two.
 */
public final class RotatingSigner implements RequestSigner {

	private final RotatingCredential credential;

	private final Function<AzureCredential, RequestSigner> signers;

	private volatile Fixed latest;

	private volatile @Nullable Fixed previous;

	private volatile boolean closed;

	/**
	 * Create a signer.
	 * @param credential what holds credentials
	 * @param signers makes the signer of each
	 * @throws IllegalArgumentException if the current credential is refused by the
	 * function
	 */
	public RotatingSigner(RotatingCredential credential, Function<AzureCredential, RequestSigner> signers) {
		this.credential = credential;
		this.signers = signers;
		this.latest = fixed(credential.current());
	}

	@Override
	public RequestSigner current() {
		AzureCredential now = this.credential.current();
		Fixed known = this.latest;
		return (known.credential == now) ? known : change(now);
	}

	private synchronized Fixed change(AzureCredential now) {
		Fixed known = this.latest;
		if (known.credential.equals(now)) {
			return known;
		}
		Fixed before = this.previous;
		Fixed next = (before != null && before.credential.equals(now)) ? before : fixed(now);
		if (before != null && before != next) {
			before.signer.close();
		}
		this.previous = known;
		this.latest = next;
		return next;
	}

	private Fixed fixed(AzureCredential now) {
		return new Fixed(now, this.signers.apply(now));
	}

	@Override
	public @Nullable Mono<Void> prepare() {
		return current().prepare();
	}

	@Override
	public String authorise(String pathAndQuery) {
		return current().authorise(pathAndQuery);
	}

	@Override
	public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType, HeaderSink headers) {
		current().sign(method, pathAndQuery, contentType, headers);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.latest.signer.close();
		Fixed before = this.previous;
		if (before != null) {
			before.signer.close();
		}
	}

	/**
	 * Signs with one credential, and knows where to ask for another.
	 */
	private final class Fixed implements RequestSigner {

		private final AzureCredential credential;

		private final RequestSigner signer;

		Fixed(AzureCredential credential, RequestSigner signer) {
			this.credential = credential;
			this.signer = signer;
		}

		@Override
		public @Nullable RequestSigner afterRefusal() {
			if (RotatingSigner.this.closed || !RotatingSigner.this.credential.refuse(this.credential)) {
				return null;
			}
			// Its signer and no more: one other credential a call.
			RequestSigner next = RotatingSigner.this.current();
			return (next instanceof Fixed other) ? other.signer : next;
		}

		@Override
		public @Nullable Mono<Void> prepare() {
			return this.signer.prepare();
		}

		@Override
		public String authorise(String pathAndQuery) {
			return this.signer.authorise(pathAndQuery);
		}

		@Override
		public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType,
				HeaderSink headers) {
			this.signer.sign(method, pathAndQuery, contentType, headers);
		}

	}

}
