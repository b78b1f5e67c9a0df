package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The operations that set up a service and its tables, and speak XML.
 */
final class ServiceSetup {

	private static final String PROPERTIES = "/?restype=service&comp=properties";

	private static final String STATISTICS = "/?restype=service&comp=stats";

	private static final String DELEGATION_KEY = "/?restype=service&comp=userdelegationkey";

	private static final String WHOLE_SERVICE = "tables";

	private final TablesConnection connection;

	ServiceSetup(TablesConnection connection) {
		this.connection = connection;
	}

	Mono<TableServiceProperties> properties() {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("service properties");
			return this.connection
				.execute(service(TablesOperations.GET_PROPERTIES, PROPERTIES, null, ServiceDocuments::properties));
		});
	}

	Mono<Void> properties(TableServiceProperties properties) {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("service properties");
			return this.connection.execute(service(TablesOperations.SET_PROPERTIES, PROPERTIES,
					ServiceDocuments.write(properties), AnswerReader.nothing()));
		});
	}

	Mono<TableServiceStatistics> statistics() {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("service statistics");
			RequestPipeline secondary = this.connection.secondary();
			if (secondary == null) {
				return Mono.error(new IllegalStateException("The statistics are read at the secondary endpoint, and "
						+ "this client knows none: set secondaryEndpoint on its builder"));
			}
			return secondary
				.execute(service(TablesOperations.GET_STATISTICS, STATISTICS, null, ServiceDocuments::statistics));
		});
	}

	Mono<UserDelegationKey> delegationKey(Instant start, Instant expiry) {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("user delegation key");
			return this.connection.execute(service(TablesOperations.GET_DELEGATION_KEY, DELEGATION_KEY,
					ServiceDocuments.keyInfo(start, expiry), ServiceDocuments::delegationKey));
		});
	}

	Mono<List<AccessPolicy>> policies(EntityAddress address, String table) {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("stored access policies");
			return this.connection.execute(new AzureRequest<>(TablesOperations.GET_POLICIES, "table", table,
					address.collection() + "?comp=acl", this.connection.dialect().xml(), null, this::readPolicies));
		});
	}

	private List<AccessPolicy> readPolicies(Answer answer) {
		return ServiceDocuments.policies(answer);
	}

	Mono<Void> policies(EntityAddress address, String table, List<AccessPolicy> policies) {
		return Mono.defer(() -> {
			this.connection.dialect().requireStorage("stored access policies");
			return this.connection.execute(new AzureRequest<>(TablesOperations.SET_POLICIES, "table", table,
					address.collection() + "?comp=acl", this.connection.dialect().xml(),
					ServiceDocuments.write(policies), AnswerReader.nothing()));
		});
	}

	private <T> AzureRequest<T> service(Operation operation, String target, @Nullable RequestBody body,
			AnswerReader<T> reader) {
		return new AzureRequest<>(operation, "service", WHOLE_SERVICE, target, this.connection.dialect().xml(), body,
				reader);
	}

}
