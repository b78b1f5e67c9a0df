package dev.reactiveazure.autoconfigure.tables.compose;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What Boot finds for a running service of Docker Compose, which is described here
 * instead of run.
 */
class AzuriteComposeConnectionTests {

	private static final String AZURITE = "mcr.microsoft.com/azure-storage/azurite:3.35.0";

	@Test
	void connectsToAzuriteByItsImage() throws Exception {
		TablesConnectionDetails details = details(new Service(AZURITE, Map.of(), Map.of()));
		assertThat(details.getEndpoint().address()).isEqualTo("http://compose.example.com:32102/devstoreaccount1");
		assertThat(details.getCredential()).isInstanceOf(AzureCredential.SharedKey.class);
		assertThat(details.getDescription()).isEqualTo("the service 'storage' of Docker Compose");
		assertThat(details.getSslBundle()).isNull();
	}

	@Test
	void connectsToAnotherImageByItsLabel() throws Exception {
		TablesConnectionDetails details = details(new Service("registry.example.com/our-azurite:1", Map.of(),
				Map.of("org.springframework.boot.service-connection", "azure-storage/azurite")));
		assertThat(details.getEndpoint().address()).startsWith("http://compose.example.com:32102/");
	}

	@Test
	void takesTheFirstAccountOfTheContainersVariable() throws Exception {
		TablesConnectionDetails details = details(
				new Service(AZURITE, Map.of("AZURITE_ACCOUNTS", "shop:c2VjcmV0:b3RoZXI=;other:c2VjcmV0"), Map.of()));
		assertThat(details.getEndpoint().address()).endsWith(":32102/shop");
		assertThat(details.getCredential()).isEqualTo(new AzureCredential.SharedKey("shop", "c2VjcmV0"));
	}

	@Test
	void refusesAVariableThatNamesNoAccount() {
		assertThatIllegalStateException()
			.isThrownBy(() -> details(new Service(AZURITE, Map.of("AZURITE_ACCOUNTS", "secret"), Map.of())))
			.withMessageContaining("AZURITE_ACCOUNTS")
			.withMessageNotContaining("secret");
	}

	@Test
	void leavesOtherServicesAlone() throws Exception {
		assertThat(found(new Service("redis:8", Map.of(), Map.of()))).doesNotContainKey(TablesConnectionDetails.class);
	}

	private static TablesConnectionDetails details(RunningService service) throws Exception {
		ConnectionDetails details = found(service).get(TablesConnectionDetails.class);
		assertThat(details).isNotNull();
		return (TablesConnectionDetails) details;
	}

	private static Map<Class<?>, ConnectionDetails> found(RunningService service) throws Exception {
		Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
			.getDeclaredConstructor(RunningService.class, Environment.class);
		DockerComposeConnectionSource source = BeanUtils.instantiateClass(constructor, service, new MockEnvironment());
		ClassLoader classLoader = AzuriteComposeConnectionTests.class.getClassLoader();
		return new ConnectionDetailsFactories(classLoader).getConnectionDetails(source, false);
	}

	private record Service(ImageReference image, Map<String, String> env,
			Map<String, String> labels) implements RunningService {

		Service(String image, Map<String, String> env, Map<String, String> labels) {
			this(ImageReference.of(image), env, labels);
		}

		@Override
		public String name() {
			return "storage";
		}

		@Override
		public String host() {
			return "compose.example.com";
		}

		@Override
		public ConnectionPorts ports() {
			return new Ports();
		}

	}

	private static final class Ports implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			return 22100 + containerPort;
		}

		@Override
		public List<Integer> getAll() {
			return List.of();
		}

		@Override
		public List<Integer> getAll(@Nullable String protocol) {
			return List.of();
		}

	}

}
