package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridConnectionDetails;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What people get wrong when they configure a connection: each mistake ends the start of
 * the application, and names the property.
 */
class UserMistakesTests {

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class, EventGridAutoConfiguration.class,
				EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner tables = this.runner
		.withPropertyValues("azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=" + KEY);

	private final ApplicationContextRunner account = this.tables.withPropertyValues("azure.tables.account-name=shop",
			"azure.tables.account-key=" + KEY);

	static Stream<Arguments> mistakes() {
		return Stream.of(arguments("azure.tables.account-key", "${ACCOUNT_KEY}", "placeholder"),
				arguments("azure.eventgrid.access-key", "${EVENTGRID_KEY}", "placeholder"),
				arguments("azure.eventgrid.secondary-access-key", "${EVENTGRID_KEY}", "placeholder"),
				arguments("azure.eventgrid.endpoint", "${EVENTGRID_ENDPOINT}", "not a valid URL"),
				arguments("azure.eventgrid.endpoint", "", "empty"),
				arguments("azure.eventgrid.access-key", "  ", "empty"),
				arguments("azure.tables.endpoint", "shop.table.core.windows.net", "absolute http or https URL"),
				arguments("azure.tables.endpoint", "https://shop.blob.core.windows.net", "blob service"),
				arguments("azure.tables.endpoint", "https://shop.privatelink.queue.core.windows.net", "queue service"),
				arguments("azure.tables.endpoint", "https://other.table.core.windows.net", "account 'other'"),
				arguments("azure.tables.endpoint", "https://shop.table.core.windows.net/?sv=1&sig=x", "query"),
				arguments("azure.tables.account-name", "Shop", "lower-case"),
				arguments("azure.tables.account-name", "${ACCOUNT}", "placeholder"),
				arguments("azure.tables.credential-reload-interval", "0s", "at least a millisecond"),
				arguments("azure.eventgrid.credential-reload-interval", "-1s", "at least a millisecond"),
				arguments("azure.tables.http.ssl.bundle", "", "empty"),
				arguments("azure.tables.http.proxy.host", "", "name or address"),
				arguments("azure.tables.http.proxy.host", "http://proxy:8080", "without scheme"),
				arguments("azure.eventgrid.http.proxy.host", "proxy:8080", "without scheme"),
				arguments("azure.tables.http.proxy.port", "99999", "1 to 65535"),
				arguments("azure.eventgrid.max-events-per-second", "0", "at least 1"),
				arguments("azure.eventgrid.template.source", " ", "empty"));
	}

	@ParameterizedTest(name = "{0}={1}")
	@MethodSource("mistakes")
	void isNamed(String property, String value, String reason) {
		this.account.withPropertyValues(property + "=" + value).run((context) -> refuses(context, property, reason));
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure.tables.api-version", "azure.tables.audience", "azure.eventgrid.api-version",
			"azure.eventgrid.audience" })
	void anEmptyVersionOrAudienceIsSaidToBeBlank(String property) {
		String group = property.substring(0, property.lastIndexOf('.')) + ".*";
		this.account.withPropertyValues(property + "=").run((context) -> refuses(context, group, "must not be blank"));
	}

	@Test
	void aTimeToConnectThatNettyCannotCountIsRefused() {
		this.account.withPropertyValues("azure.tables.http.connect-timeout=25d")
			.run((context) -> refuses(context, "azure.tables.http.*", "must not exceed 24 days"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "username", "password" })
	void aProxysUserNeedsItsHost(String property) {
		this.account.withPropertyValues("azure.tables.http.proxy." + property + "=ada")
			.run((context) -> refuses(context, "azure.tables.http.proxy.host", "missing"));
	}

	@Test
	void aProxysPasswordNeedsItsUser() {
		this.account.withPropertyValues("azure.tables.http.proxy.host=proxy", "azure.tables.http.proxy.password=secret")
			.run((context) -> refuses(context, "azure.tables.http.proxy.username", "missing"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy", "proxy.shop.internal", "10.0.0.1", "fd00::1" })
	void aProxyIsAHost(String host) {
		this.account.withPropertyValues("azure.tables.http.proxy.host=" + host)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aPlaceholderInAConnectionStringIsFound() {
		this.tables.withPropertyValues("azure.tables.connection-string=${TABLES_CONNECTION_STRING}")
			.run((context) -> refuses(context, "azure.tables.connection-string", "placeholder"));
	}

	@Test
	void aFileThatIsNotNamedIsFound() {
		this.tables.withPropertyValues("azure.tables.account-name=shop", "azure.tables.account-key-file=")
			.run((context) -> refuses(context, "azure.tables.account-key-file", "empty"));
	}

	@Test
	void whatAzureIdentityRefusesIsNamed() {
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=client-secret",
					"azure.tables.entra.tenant-id=no tenant", "azure.tables.entra.client-id=c",
					"azure.tables.entra.client-secret=s")
			.run((context) -> refuses(context, "azure.tables.entra.*", "tenant"));
	}

	@Test
	void aPlaceholderInAClientSecretIsFound() {
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=client-secret",
					"azure.tables.entra.tenant-id=t", "azure.tables.entra.client-id=c",
					"azure.tables.entra.client-secret=${CLIENT_SECRET}")
			.run((context) -> refuses(context, "azure.tables.entra.client-secret", "placeholder"));
	}

	@ParameterizedTest
	@CsvSource({ "default,tenant-id", "default,client-id", "managed-identity,client-id", "workload-identity,tenant-id",
			"workload-identity,client-id", "workload-identity,token-file-path" })
	void aPlaceholderInAnIdentityIsFound(String credential, String property) {
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=" + credential,
					"azure.tables.entra." + property + "=${MI_VALUE}")
			.run((context) -> refuses(context, "azure.tables.entra." + property, "placeholder"));
	}

	@Test
	void aPlaceholderInAnAuthorityIsFound() {
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=default",
					"azure.tables.entra.authority-host=https://${LOGIN_HOST}")
			.run((context) -> refuses(context, "azure.tables.entra.authority-host", "placeholder"));
	}

	@Test
	void aPlaceholderInACertificatesPasswordIsFound(@TempDir Path directory) throws IOException {
		Path certificate = Files.createFile(directory.resolve("shop.pfx"));
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=client-certificate",
					"azure.tables.entra.tenant-id=t", "azure.tables.entra.client-id=c",
					"azure.tables.entra.certificate-path=" + certificate,
					"azure.tables.entra.certificate-password=${CERTIFICATE_PASSWORD}")
			.run((context) -> refuses(context, "azure.tables.entra.certificate-password", "placeholder"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "username", "password" })
	void aPlaceholderInWhatAProxyIsToldIsFound(String property) {
		this.account
			.withPropertyValues("azure.tables.http.proxy.host=proxy", "azure.tables.http.proxy.username=ada",
					"azure.tables.http.proxy." + property + "=${PROXY_VALUE}")
			.run((context) -> refuses(context, "azure.tables.http.proxy." + property, "placeholder"));
	}

	@Test
	void anAuthorityWithoutSchemeIsFound() {
		this.tables
			.withPropertyValues("azure.tables.account-name=shop", "azure.tables.entra.credential=default",
					"azure.tables.entra.authority-host=login.microsoftonline.us")
			.run((context) -> refuses(context, "azure.tables.entra.authority-host", "https URL"));
	}

	@Test
	void whiteSpaceAroundValuesIsNoMistake(@TempDir Path directory) throws IOException {
		Path name = Files.writeString(directory.resolve("account"), " shop\n");
		this.runner
			.withPropertyValues("azure.tables.account-name=" + Files.readString(name),
					"azure.tables.account-key= " + KEY + "\n", "azure.eventgrid.endpoint= https://shop.example.com/\n",
					"azure.eventgrid.access-key=" + KEY + "\n")
			.run((context) -> {
				assertThat(current(context.getBean(TablesConnectionDetails.class).getCredential()))
					.isEqualTo(new AzureCredential.SharedKey("shop", KEY));
				assertThat(current(context.getBean(EventGridConnectionDetails.class).getCredential()))
					.isEqualTo(new AzureCredential.AccessKey(KEY));
				assertThat(context.getBean(EventGridConnectionDetails.class).getEndpoint().address())
					.isEqualTo("https://shop.example.com");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://shop.table.core.windows.net/", "https://shop.table.core.chinacloudapi.cn",
			"https://shop.privatelink.table.core.windows.net", "https://shop-secondary.table.core.windows.net",
			"https://shop.table.cosmos.azure.com", "https://shop.z12.table.storage.azure.net",
			"http://127.0.0.1:10002/shop", "https://blob.shop.internal" })
	void anAddressOfTablesIsTaken(String endpoint) {
		this.account.withPropertyValues("azure.tables.endpoint=" + endpoint)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure.tables.sas-token=sv=1&sig=x", "azure.tables.entra.credential=managed-identity" })
	void theNameOfAnotherAccountIsNoMistakeWhereNoKeySigns(String credential) {
		this.tables
			.withPropertyValues("azure.tables.endpoint=https://other.table.core.windows.net",
					"azure.tables.account-name=shop", credential)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static AzureCredential current(AzureCredential credential) {
		return ((RotatingCredential) credential).current();
	}

	private static void refuses(AssertableApplicationContext context, String property, String reason) {
		Throwable cause = context.getStartupFailure();
		assertThat(cause).isNotNull();
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		assertThat(cause).isInstanceOf(InvalidAzurePropertyException.class)
			.hasMessageContaining("'" + property + "'")
			.hasMessageContaining(reason)
			.hasMessageNotContaining(KEY);
	}

}
