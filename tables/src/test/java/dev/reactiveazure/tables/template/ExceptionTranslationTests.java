package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.annotation.Version;

import static org.assertj.core.api.Assertions.assertThat;

class ExceptionTranslationTests {

	static Stream<Arguments> refusals() {
		return Stream.of(Arguments.of(404, "TableNotFound", InvalidDataAccessResourceUsageException.class),
				Arguments.of(404, "ResourceNotFound", OptimisticLockingFailureException.class),
				Arguments.of(412, "UpdateConditionNotSatisfied", OptimisticLockingFailureException.class),
				Arguments.of(409, "EntityAlreadyExists", DuplicateKeyException.class),
				Arguments.of(409, "TableBeingDeleted", TransientDataAccessResourceException.class),
				Arguments.of(429, "TooManyRequests", TransientDataAccessResourceException.class),
				Arguments.of(500, "InternalError", TransientDataAccessResourceException.class),
				Arguments.of(503, "ServerBusy", TransientDataAccessResourceException.class),
				Arguments.of(400, "PropertyValueTooLarge", DataIntegrityViolationException.class),
				Arguments.of(400, "OutOfRangeInput", DataIntegrityViolationException.class),
				Arguments.of(400, "EntityTooLarge", DataIntegrityViolationException.class),
				Arguments.of(413, "RequestBodyTooLarge", DataIntegrityViolationException.class),
				Arguments.of(400, "InvalidInput", InvalidDataAccessApiUsageException.class),
				Arguments.of(401, "InvalidAuthenticationInfo", PermissionDeniedDataAccessException.class),
				Arguments.of(403, "AuthorizationFailure", PermissionDeniedDataAccessException.class));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("refusals")
	@Requirement("T31")
	void findsSpringsExceptionForARefusal(int status, String code, Class<? extends DataAccessException> expected) {
		String body = "{\"odata.error\":{\"code\":\"" + code
				+ "\",\"message\":{\"lang\":\"en-US\",\"value\":\"No.\"}}}";
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.status(status)
				.header("Content-Type", "application/json")
				.header("x-ms-request-id", "id-7")
				.sendString(Mono.just(body)))
			.bindNow();
		try {
			StepVerifier.create(update(server.port()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(expected)
					.hasMessageContaining(Integer.toString(status))
					.hasMessageContaining(code)
					.hasMessageContaining("id-7")
					.hasMessageContaining("row")
					.hasCauseInstanceOf(AzureException.class))
				.verify();
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	@Requirement("T31")
	void findsSpringsExceptionWhereThereIsNoAnswer() {
		DisposableServer silent = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> Mono.never())
			.bindNow();
		int port = silent.port();

		StepVerifier.create(update(port, Duration.ofMillis(300))).verifyError(QueryTimeoutException.class);
		silent.disposeNow();
		StepVerifier.create(update(port)).verifyError(DataAccessResourceFailureException.class);
	}

	@Test
	@Requirement("T31")
	void findsSpringsExceptionForAnAnswerThatCanNotBeRead() {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("Content-Type", "application/json")
				.sendString(Mono.just("{\"PartitionKey\":")))
			.bindNow();

		StepVerifier
			.create(client(server.port(), Duration.ofSeconds(20),
					(template) -> template.findByKey("a", "b", Row.class)))
			.verifyError(DataRetrievalFailureException.class);
		server.disposeNow();
	}

	private static Mono<Row> update(int port) {
		return update(port, Duration.ofSeconds(20));
	}

	private static Mono<Row> update(int port, Duration timeout) {
		return client(port, timeout, (template) -> template.update(new Row("a", "b", "W/\"datetime'x'\"")));
	}

	private static Mono<Row> client(int port, Duration timeout, Function<TableTemplate, Mono<Row>> call) {
		return Mono.using(() -> TableServiceClient.builder()
			.connectionString(
					"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:"
							+ port + "/acc")
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()).withResponseTimeout(timeout))
			.build(), (client) -> call.apply(new TableTemplate(client, new TableMappingContext())),
				TableServiceClient::close);
	}

	record Row(@PartitionKey String a, @RowKey String b, @Version @Nullable String etag) {
	}

}
