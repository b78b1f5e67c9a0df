package dev.reactiveazure.autoconfigure.tables.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.tables.TableSas;
import dev.reactiveazure.tables.TableSasPermission;
import dev.reactiveazure.tables.TableServiceClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class TablesHealthTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final AzureEmulator emulator = AzureEmulator.builder().start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, TablesAutoConfiguration.class,
				TablesHealthAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.tables.connection-string=" + emulator.tablesConnectionString());

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void isUpWhereTheServiceAnswers() {
		this.runner.run((context) -> assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void isAskedOfEachConnectionByItsName() {
		this.runner
			.withPropertyValues("azure.tables.connections.audit.connection-string=AccountName=x;AccountKey=eA==;"
					+ "TableEndpoint=http://127.0.0.1:1/x")
			.run((context) -> {
				assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP);
				Health audit = health(context, "audit");
				assertThat(audit.getStatus()).isEqualTo(Status.DOWN);
				assertThat(audit.getDetails()).containsEntry("endpoint", "http://127.0.0.1:1/x");
				assertThat(audit.getDetails().toString()).doesNotContain("eA==");
			});
	}

	@Test
	void isUpWhereTheCallerMayNotListTables() {
		try (TableServiceClient owner = TableServiceClient.builder()
			.connectionString(emulator.tablesConnectionString())
			.build()) {
			AzureCredential.Sas sas = owner.getTableClient("orders")
				.generateSas(TableSas.builder()
					.permissions(TableSasPermission.READ)
					.expiry(Instant.now().plusSeconds(600))
					.build());
			try (TableServiceClient client = TableServiceClient.builder()
				.endpoint(emulator.tablesEndpoint())
				.credential(sas)
				.build()) {
				Health health = health(new TablesHealthIndicator(client));
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("rights", "not permitted to list tables");
			}
		}
	}

	@Test
	void isDownAndSaysThatTheClockIsWrong() {
		MovableClock ahead = MovableClock.startingAt(Instant.now().plus(Duration.ofMinutes(40)));
		try (AzureEmulator later = AzureEmulator.builder().clock(ahead).start();
				TableServiceClient client = TableServiceClient.builder()
					.connectionString(later.tablesConnectionString())
					.build()) {
			Health health = health(new TablesHealthIndicator(client, Clock.systemUTC()));
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("clock")).asString()
				.startsWith("this machine's clock is ")
				.contains("minutes behind the service's");
		}
	}

	@Test
	void isDownWithoutAWordOfTheClockWhereTheKeyIsWrong() {
		this.runner
			.withPropertyValues("azure.tables.connection-string=AccountName=devstoreaccount1;AccountKey=d3Jvbmc=;"
					+ "TableEndpoint=" + emulator.tablesEndpoint())
			.run((context) -> {
				Health health = health(context, "default");
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).doesNotContainKey("clock");
				assertThat(health.getDetails().toString()).doesNotContain("d3Jvbmc=");
			});
	}

	@Test
	void createsNothing() {
		this.runner.run((context) -> {
			List<String> before = tables(context);
			health(context, "default");
			assertThat(tables(context)).isEqualTo(before);
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.azure-tables.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("azureTablesHealthContributor"));
	}

	@Test
	void leavesTheUsersContributorAlone() {
		this.runner
			.withBean("azureTablesHealthIndicator", ReactiveHealthIndicator.class,
					() -> new TablesHealthIndicator(
							TableServiceClient.builder().connectionString("UseDevelopmentStorage=true").build()))
			.run((context) -> assertThat(context).doesNotHaveBean("azureTablesHealthContributor"));
	}

	@Test
	void isNotNeeded() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("azureTablesHealthContributor"));
	}

	private static List<String> tables(ApplicationContext context) {
		List<String> tables = context.getBean(TableServiceClient.class).listTables().collectList().block(LIMIT);
		assertThat(tables).isNotNull();
		return tables;
	}

	private static Health health(ApplicationContext context, String connection) {
		ReactiveHealthContributor contributor = context
			.getBean("azureTablesHealthContributor", CompositeReactiveHealthContributor.class)
			.getContributor(connection);
		assertThat(contributor).isInstanceOf(ReactiveHealthIndicator.class);
		return health((ReactiveHealthIndicator) contributor);
	}

	private static Health health(ReactiveHealthIndicator indicator) {
		Health health = indicator.health().block(LIMIT);
		assertThat(health).isNotNull();
		return health;
	}

}
