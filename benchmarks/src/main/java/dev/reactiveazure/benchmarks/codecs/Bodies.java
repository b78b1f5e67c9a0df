package dev.reactiveazure.benchmarks.codecs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

import dev.reactiveazure.benchmarks.stub.StubServer;

/**
 * What the stub answers, fetched once with another client than those measured.
 */
final class Bodies {

	private static final String MINIMAL = "application/json;odata=minimalmetadata";

	private Bodies() {
	}

	/**
	 * The body of the answer to a GET.
	 */
	static byte[] get(String path) {
		return fetch(path, false);
	}

	/**
	 * The body of the answer to a POST without a body.
	 */
	static byte[] post(String path) {
		return fetch(path, true);
	}

	private static byte[] fetch(String path, boolean post) {
		try (StubServer stub = StubServer.start()) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stub.address() + path))
				.header("Accept", MINIMAL);
			HttpRequest sent = post ? request.POST(BodyPublishers.noBody()).build() : request.GET().build();
			return HttpClient.newHttpClient().send(sent, BodyHandlers.ofByteArray()).body();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The stub does not answer " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the stub was asked for " + path, ex);
		}
	}

}
