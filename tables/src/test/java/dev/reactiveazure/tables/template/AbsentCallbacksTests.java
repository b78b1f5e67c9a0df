package dev.reactiveazure.tables.template;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.function.Function;

import com.sun.management.ThreadMXBean;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callbacks cost that are not there: bytes on the calling thread, which a connector
 * that answers at once keeps all to itself.
 */
class AbsentCallbacksTests {

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final TableMappingContext mapping = new TableMappingContext();

	private final TableServiceClient service = TableServiceClient.builder()
		.endpoint("http://127.0.0.1:1/acc")
		.credential(new AzureCredential.SharedKey("acc", "a2V5"))
		.connector(new AnsweringAtOnce())
		.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
		.build();

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	@Requirement("T35")
	void costNothing() {
		ReactiveBeforeSaveCallback<Row> callback = (row, table) -> Mono.just(row);
		TypedTableClient<Row> client = this.service.getTableClient("row").typed(this.mapping.getCodec(Row.class));
		TableTemplate without = new TableTemplate(this.service, this.mapping);
		TableTemplate noneAmongBeans = TableTemplate.builder(this.service, this.mapping)
			.entityCallbacks(new StaticListableBeanFactory())
			.build();
		TableTemplate with = TableTemplate.builder(this.service, this.mapping)
			.entityCallbacks(ReactiveEntityCallbacks.create(callback))
			.build();
		Row row = new Row("a", "1", 1);

		long ofClient = bytesOf(client.insert(row));
		long ofNone = bytesOf(without.insert(row));
		long ofNoneAmongBeans = bytesOf(noneAmongBeans.insert(row));
		long ofOne = bytesOf(with.insert(row));

		System.out.println("insert by client " + ofClient + " B, by template " + ofNone + " B, with no callback among "
				+ "beans " + ofNoneAmongBeans + " B, with one " + ofOne + " B");
		assertThat(ofNoneAmongBeans).isBetween(ofNone - 64, ofNone + 64);
		assertThat(ofNone).isLessThan(ofClient + 1024);
		assertThat(ofOne).isGreaterThan(ofNone + 64);
	}

	/**
	 * Return the least that a call of many took: others linked, compiled or renewed what
	 * is kept for a while.
	 */
	private long bytesOf(Mono<?> call) {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 3000; i++) {
			long before = this.threads.getCurrentThreadAllocatedBytes();
			call.block();
			least = Math.min(least, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least;
	}

	record Row(@PartitionKey String a, @RowKey String b, int number) {
	}

	private static final class AnsweringAtOnce implements ClientHttpConnector {

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> callback) {
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			MockClientHttpResponse response = new MockClientHttpResponse(HttpStatus.NO_CONTENT);
			response.getHeaders().add("ETag", "W/\"datetime'x'\"");
			return callback.apply(request).then(Mono.just(response));
		}

	}

}
