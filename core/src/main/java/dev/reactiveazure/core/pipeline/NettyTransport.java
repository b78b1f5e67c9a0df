package dev.reactiveazure.core.pipeline;

import java.net.InetSocketAddress;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.ReactorNettyConnector;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.transport.AddressUtils;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Sends requests by Reactor Netty's client.
 * <p>
 * Spring's connector over the same client keeps headers, cookies, attributes and actions
 * of its own for each request, has its writing arranged anew and observes each end of its
 * connection's use.
 */
final class NettyTransport implements Transport {

	private final ReactorNettyConnector connector;

	private final AzureEndpoint endpoint;

	private final TargetUris uris;

	private volatile @Nullable Senders senders;

	NettyTransport(ReactorNettyConnector connector, AzureEndpoint endpoint, TargetUris uris) {
		this.connector = connector;
		this.endpoint = endpoint;
		this.uris = uris;
	}

	@Override
	public Mono<ClientHttpResponse> send(HttpMethod method, String target, Outgoing request) {
		return senders().exchange(method, target).contextWrite((context) -> context.put(Outgoing.class, request));
	}

	private Senders senders() {
		HttpClient client = this.connector.httpClient();
		Senders known = this.senders;
		if (known == null || known.client != client) {
			known = new Senders(client, this.endpoint, this.uris);
			this.senders = known;
		}
		return known;
	}

	/**
	 * Return what Reactor Netty would say in {@code Host}.
	 */
	static String host(InetSocketAddress address) {
		String host = HttpUtil.formatHostnameForHttp(address);
		boolean usual = address.getPort() == 80 || address.getPort() == 443;
		return usual ? host : host + ':' + address.getPort();
	}

	private static Publisher<Void> write(HttpClientRequest nettyRequest, NettyOutbound outbound) {
		Outgoing request = nettyRequest.currentContextView().get(Outgoing.class);
		try {
			Transport.begin(request, nettyRequest.requestHeaders()::set, nettyRequest);
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
		return request.hasBody() ? outbound.send(Mono.fromSupplier(request::body)) : Mono.empty();
	}

	private static Mono<ClientHttpResponse> answered(HttpClientResponse response, Connection connection) {
		return Mono.just(new Response(response, connection.inbound()));
	}

	/**
	 * What is the same in many requests. Each of Reactor Netty's steps from a client to a
	 * request copies the client's configuration, which takes 260 bytes; what is of one
	 * request travels in its Reactor context instead. Given the address and a path below
	 * it, Reactor Netty takes no URI apart.
	 */
	private static final class Senders {

		private final HttpClient client;

		private final TargetUris uris;

		private final HttpClient addressed;

		private final HttpClient.ResponseReceiver<?> get;

		private final PerTarget<Mono<ClientHttpResponse>> posts;

		Senders(HttpClient client, AzureEndpoint endpoint, TargetUris uris) {
			this.client = client;
			this.uris = uris;
			this.addressed = addressed(client, endpoint);
			this.get = sender(HttpMethod.GET);
			HttpClient.ResponseReceiver<?> post = sender(HttpMethod.POST);
			this.posts = new PerTarget<>((target) -> exchange(post, HttpMethod.POST, target));
		}

		private static HttpClient addressed(HttpClient client, AzureEndpoint endpoint) {
			InetSocketAddress address = AddressUtils.createUnresolved(endpoint.host(), endpoint.port());
			HttpClient addressed = client.remoteAddress(() -> address).headers((headers) -> setHost(headers, address));
			if (client.configuration().baseUrl() != null) {
				addressed = addressed.baseUrl("");
			}
			if (!endpoint.isSecure()) {
				return addressed.noSSL();
			}
			return addressed.configuration().isSecure() ? addressed : addressed.secure();
		}

		/**
		 * Say once what Reactor Netty would put together again for each request, in 300
		 * bytes.
		 */
		private static void setHost(io.netty.handler.codec.http.HttpHeaders headers, InetSocketAddress address) {
			if (!headers.contains(HttpHeaderNames.HOST)) {
				headers.set(HttpHeaderNames.HOST, host(address));
			}
		}

		Mono<ClientHttpResponse> exchange(HttpMethod method, String target) {
			if (method == HttpMethod.POST) {
				return this.posts.of(target);
			}
			return exchange((method == HttpMethod.GET) ? this.get : sender(method), method, target);
		}

		private Mono<ClientHttpResponse> exchange(HttpClient.ResponseReceiver<?> sender, HttpMethod method,
				String target) {
			return Mono
				.fromDirect(sender.uri(this.uris.checked(method, target)).responseConnection(NettyTransport::answered));
		}

		private HttpClient.ResponseReceiver<?> sender(HttpMethod method) {
			return this.addressed.request(io.netty.handler.codec.http.HttpMethod.valueOf(method.name()))
				.send(NettyTransport::write);
		}

	}

	/**
	 * An answer whose head is there.
	 */
	private static final class Response implements ClientHttpResponse {

		private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

		private final HttpClientResponse response;

		private final NettyInbound inbound;

		Response(HttpClientResponse response, NettyInbound inbound) {
			this.response = response;
			this.inbound = inbound;
		}

		@Override
		public HttpStatusCode getStatusCode() {
			// Not before it is asked for: where it throws, there is somebody to give the
			// body up.
			return HttpStatusCode.valueOf(this.response.status().code());
		}

		@Override
		public HttpHeaders getHeaders() {
			return HttpHeaders.readOnlyHttpHeaders(new Netty4HeadersAdapter(this.response.responseHeaders()));
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.inbound.receive().map(Response::kept);
		}

		private static DataBuffer kept(ByteBuf received) {
			return BUFFERS.wrap(received.retain());
		}

		@Override
		public MultiValueMap<String, ResponseCookie> getCookies() {
			return new LinkedMultiValueMap<>();
		}

	}

}
