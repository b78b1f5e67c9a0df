package dev.reactiveazure.emulator.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.reactiveazure.emulator.clock.EmulatorClock;

/**
 * Leads one exchange at a time through a connection: read, fault, handle, fault, answer.
 */
final class ExchangeHandler {

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private final ServerSettings settings;

	private final EmulatorHandler handler;

	private final AtomicInteger exchanges;

	ExchangeHandler(ServerSettings settings, EmulatorHandler handler, AtomicInteger exchanges) {
		this.settings = settings;
		this.handler = handler;
		this.exchanges = exchanges;
	}

	Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return Mono.defer(() -> {
			Exchange exchange = new Exchange(this.exchanges);
			Channel channel = channel(request);
			LastAnswer.read(channel);
			return read(request, exchange).flatMap((complete) -> serve(complete, new Wire(response, channel)))
				.onErrorResume(BodyTooLargeException.class,
						(ex) -> refuseBody(request, exchange, new Wire(response, channel)))
				.takeUntilOther(closed(channel))
				.doFinally((signal) -> exchange.end());
		});
	}

	private Mono<EmulatorRequest> read(HttpServerRequest request, Exchange exchange) {
		if (announcedLength(request) > BodyCollector.LONGEST_DRAINED_BODY) {
			return Mono.error(new BodyTooLargeException());
		}
		return request.receive()
			.asByteArray()
			.collect(() -> new BodyCollector(this.settings.maxBodyBytes()), BodyCollector::add)
			.map((body) -> request(request, body.complete(), exchange));
	}

	private static long announcedLength(HttpServerRequest request) {
		String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
		try {
			return (length != null) ? Long.parseLong(length.trim()) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private EmulatorRequest request(HttpServerRequest request, byte[] body, Exchange exchange) {
		String target = originForm(request.uri());
		int question = target.indexOf('?');
		String path = (question < 0) ? target : target.substring(0, question);
		String query = (question < 0) ? null : target.substring(question + 1);
		List<Headers.Entry> headers = request.requestHeaders()
			.entries()
			.stream()
			.map((entry) -> new Headers.Entry(entry.getKey(), entry.getValue()))
			.toList();
		String host = request.requestHeaders().get(HttpHeaderNames.HOST, "");
		return new EmulatorRequest(EmulatorRequest.newId(), request.method().name(), path, query, Headers.of(headers),
				body, (this.settings.ssl() != null) ? "https" : "http", host, remoteAddress(request), exchange);
	}

	private static String remoteAddress(HttpServerRequest request) {
		InetSocketAddress remote = request.remoteAddress();
		return (remote != null && remote.getAddress() != null) ? remote.getAddress().getHostAddress() : "";
	}

	private static String originForm(String uri) {
		int scheme = uri.indexOf("://");
		if (scheme < 0 || uri.startsWith("/")) {
			return uri;
		}
		int path = uri.indexOf('/', scheme + 3);
		return (path < 0) ? "/" : uri.substring(path);
	}

	private Mono<Void> serve(EmulatorRequest request, Wire wire) {
		Fault fault = this.settings.faults().next(this.settings.service(), request);
		if (fault instanceof Fault.DropBefore) {
			return wire.reset();
		}
		if (fault instanceof Fault.NeverAnswer) {
			request.exchange().park();
			return Mono.never();
		}
		if (fault instanceof Fault.Answer answer) {
			return wire.send(faultAnswer(answer, request), request.exchange(), date());
		}
		Mono<EmulatorResponse> answer = answer(request);
		if (fault instanceof Fault.Delay delay) {
			answer = delayed(delay.duration(), request.exchange()).then(answer);
		}
		return answer.flatMap((response) -> write(response, request, fault, wire));
	}

	private Mono<EmulatorResponse> answer(EmulatorRequest request) {
		return Mono.defer(() -> this.handler.handle(request))
			.switchIfEmpty(Mono.fromSupplier(() -> failure("The handler gave no answer")))
			.onErrorResume((ex) -> Mono.just(failure(ex.toString())))
			.doOnNext(request.exchange()::answered);
	}

	private Mono<Void> write(EmulatorResponse response, EmulatorRequest request, @Nullable Fault fault, Wire wire) {
		// An answer without a body has no middle: its head alone would be all of it.
		boolean drop = fault instanceof Fault.Truncate && response.body().length == 0;
		if (drop || fault instanceof Fault.DropAfter) {
			return wire.reset();
		}
		if (fault instanceof Fault.Truncate) {
			return wire.sendHalf(response, date());
		}
		return wire.send(response, request.exchange(), date());
	}

	private Mono<Void> refuseBody(HttpServerRequest request, Exchange exchange, Wire wire) {
		EmulatorResponse refusal = this.handler.bodyTooLarge(request(request, new byte[0], exchange))
			.withHeader("Connection", "close");
		return wire.send(refusal, exchange, date());
	}

	private Mono<Void> delayed(Duration delay, Exchange exchange) {
		return Mono.create((sink) -> {
			exchange.park();
			EmulatorClock.Timer timer = this.settings.clock().schedule(delay, () -> {
				exchange.resume();
				sink.success();
			});
			sink.onDispose(timer::cancel);
		});
	}

	private EmulatorResponse faultAnswer(Fault.Answer answer, EmulatorRequest request) {
		EmulatorResponse response = this.handler.trouble(request, answer.status());
		Duration retryAfter = answer.retryAfter();
		return (retryAfter != null) ? response.withHeader("Retry-After", Long.toString(retryAfter.toSeconds()))
				: response;
	}

	private static EmulatorResponse failure(String reason) {
		return EmulatorResponse.status(500).withBody("text/plain;charset=utf-8", "The emulator failed: " + reason);
	}

	private String date() {
		return HTTP_DATE.format(this.settings.clock().now());
	}

	/**
	 * Return the channel itself: after the exchange its connection has none.
	 */
	private static Channel channel(HttpServerRequest request) {
		Channel[] found = new Channel[1];
		request.withConnection((connection) -> found[0] = connection.channel());
		return found[0];
	}

	/**
	 * Ends when the client hangs up; the listener goes when the exchange does, because
	 * the connection may live on.
	 */
	private static Mono<Void> closed(Channel channel) {
		return Mono.create((sink) -> {
			ChannelFuture future = channel.closeFuture();
			ChannelFutureListener listener = (done) -> sink.success();
			sink.onDispose(() -> future.removeListener(listener));
			future.addListener(listener);
		});
	}

	/**
	 * The way back to the client.
	 */
	private record Wire(HttpServerResponse response, Channel channel) {

		Mono<Void> send(EmulatorResponse answer, Exchange exchange, String date) {
			head(answer, date);
			return body(answer).doOnSuccess((done) -> {
				exchange.sent();
				LastAnswer.sent(this.channel, answer);
			});
		}

		Mono<Void> sendHalf(EmulatorResponse answer, String date) {
			head(answer, date);
			byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
			return this.response
				.send(Flux.just(Unpooled.wrappedBuffer(half)).concatWith(reset().thenMany(Flux.never())),
						(buffer) -> true)
				.then();
		}

		Mono<Void> reset() {
			return Mono.<Void>never().doOnSubscribe((subscription) -> {
				this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
				this.channel.close();
			});
		}

		private void head(EmulatorResponse answer, String date) {
			this.response.status(answer.status());
			if (answer.headers().first("Date") == null) {
				this.response.addHeader("Date", date);
			}
			for (Headers.Entry header : answer.headers().entries()) {
				this.response.addHeader(header.name(), header.value());
			}
			if (answer.status() != 204 && answer.status() != 304) {
				this.response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
			}
		}

		private Mono<Void> body(EmulatorResponse answer) {
			if (answer.body().length == 0) {
				return this.response.send();
			}
			return this.response.send(Mono.just(Unpooled.wrappedBuffer(answer.body()))).then();
		}

	}

}
