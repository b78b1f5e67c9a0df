package dev.reactiveazure.tables.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a service on plain sockets, and does to real answers what a
 * {@link Mutation} says. Counts connections.
 */
final class MutatingProxy implements AutoCloseable {

	/**
	 * Sends an answer on in its own way.
	 */
	@FunctionalInterface
	interface Mutation {

		/**
		 * Send something.
		 * @return whether the connection stays open for the next request
		 */
		boolean send(RealAnswer answer, Wire wire) throws IOException;

	}

	/**
	 * What the service answered.
	 *
	 * @param head status line and headers but for those that frame the body, with the
	 * last line's end
	 * @param body the body
	 */
	record RealAnswer(String head, byte[] body) {

		byte[] whole() {
			return framed(this.body.length, this.body);
		}

		byte[] framed(int contentLength, byte[] sent) {
			String framedHead = this.head + "Content-Length: " + contentLength + "\r\n\r\n";
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(framedHead.getBytes(StandardCharsets.ISO_8859_1));
			bytes.writeBytes(sent);
			return bytes.toByteArray();
		}

	}

	/**
	 * The connection to the client.
	 */
	record Wire(InputStream in, OutputStream out) {

		void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/** Wait until the client hangs up. */
		void awaitHangUp() throws IOException {
			while (this.in.read() >= 0) {
				// Whatever it says.
			}
		}

	}

	static final Mutation NONE = (answer, wire) -> {
		wire.write(answer.whole());
		return true;
	};

	private final ServerSocket server;

	private final URI target;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger accepted = new AtomicInteger();

	private final Phaser open = new Phaser(1);

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Mutation mutation = NONE;

	MutatingProxy(String target) {
		this.target = URI.create(target);
		try {
			this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + this.target.getRawPath();
	}

	void mutate(Mutation mutation) {
		this.mutation = mutation;
	}

	int acceptedConnections() {
		return this.accepted.get();
	}

	/**
	 * Wait until every connection is closed.
	 */
	void awaitNoConnections() throws InterruptedException, TimeoutException {
		this.open.awaitAdvanceInterruptibly(this.open.arrive(), 10, TimeUnit.SECONDS);
	}

	private void accept() {
		try {
			while (!this.server.isClosed()) {
				Socket socket = this.server.accept();
				this.accepted.incrementAndGet();
				this.open.register();
				this.threads.execute(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			this.closed.countDown();
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			Wire wire = new Wire(socket.getInputStream(), socket.getOutputStream());
			byte[] request = readRequest(wire.in());
			while (request.length > 0) {
				if (!this.mutation.send(forward(request), wire)) {
					return;
				}
				request = readRequest(wire.in());
			}
		}
		catch (IOException ex) {
			// The client has gone, which is its right.
		}
		finally {
			this.open.arriveAndDeregister();
		}
	}

	private static byte[] readRequest(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int b = in.read();
		while (b >= 0) {
			bytes.write(b);
			if (b == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
				bytes.writeBytes(in.readNBytes(length(bytes.toString(StandardCharsets.ISO_8859_1))));
				return bytes.toByteArray();
			}
			b = in.read();
		}
		return new byte[0];
	}

	private static int length(String head) {
		for (String line : head.split("\r\n")) {
			if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
				return Integer.parseInt(line.substring(15).strip());
			}
		}
		if (head.toLowerCase().contains("transfer-encoding: chunked")) {
			throw new IllegalStateException("This proxy needs requests of a known length");
		}
		return 0;
	}

	private RealAnswer forward(byte[] request) throws IOException {
		String text = new String(request, StandardCharsets.ISO_8859_1);
		String closing = text.replaceFirst("\r\n", "\r\nConnection: close\r\n");
		try (Socket socket = new Socket(this.target.getHost(), this.target.getPort())) {
			socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
			return parse(socket.getInputStream().readAllBytes());
		}
	}

	private static RealAnswer parse(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		int end = text.indexOf("\r\n\r\n");
		StringBuilder head = new StringBuilder();
		boolean chunked = false;
		for (String line : text.substring(0, end).split("\r\n")) {
			String lower = line.toLowerCase();
			chunked |= lower.startsWith("transfer-encoding:");
			boolean framing = lower.startsWith("transfer-encoding:") || lower.startsWith("content-length:")
					|| lower.startsWith("connection:");
			if (!framing) {
				head.append(line).append("\r\n");
			}
		}
		String body = text.substring(end + 4);
		return new RealAnswer(head.toString(),
				(chunked ? dechunked(body) : body).getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String dechunked(String body) {
		StringBuilder whole = new StringBuilder();
		int at = 0;
		while (true) {
			int lineEnd = body.indexOf("\r\n", at);
			int size = Integer.parseInt(body.substring(at, lineEnd), 16);
			if (size == 0) {
				return whole.toString();
			}
			whole.append(body, lineEnd + 2, lineEnd + 2 + size);
			at = lineEnd + 4 + size;
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			this.closed.await(5, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.threads.shutdownNow();
	}

}
