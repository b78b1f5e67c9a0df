package dev.reactiveazure.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import dev.reactiveazure.benchmarks.stub.StubCertificate;
import dev.reactiveazure.benchmarks.worker.Catalogue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RacePlanTests {

	private final Catalogue catalogue = new Catalogue(URI.create("http://127.0.0.1"));

	@Test
	void eachContenderHasAJvmOfItsOwn() {
		Race race = new RacePlan(this.catalogue, List.of(), null).race("listener");

		assertThat(race.jvms()).extracting(Race.Jvm::entrants)
			.containsExactly(List.of(new Entrant("listener")), List.of(new Entrant("listener-observed")),
					List.of(new Entrant("client")));
	}

	@Test
	void contendersShareAJvmWhereTheNameOfTheWorkSaysSo() {
		Race race = new RacePlan(this.catalogue, List.of("client", "limit"), null).race("get-one-jvm");

		assertThat(race.work().name()).isEqualTo("get");
		assertThat(race.jvms()).singleElement()
			.extracting(Race.Jvm::entrants)
			.isEqualTo(List.of(new Entrant("client"), new Entrant("limit")));
	}

	@Test
	void overTlsAContenderRunsOnceForEachProvider() {
		StubCertificate certificate = new StubCertificate(Path.of("stub.p12"));

		Race race = new RacePlan(this.catalogue, List.of("limit", "observed"), certificate).race("insert");

		assertThat(race.jvms()).extracting(Race.Jvm::name).startsWith("limit@jdk").doesNotContain("observed@jdk");
		assertThat(race.jvms().get(0).args()).contains("-Dio.netty.handler.ssl.noOpenSsl=true")
			.contains("-Djavax.net.ssl.trustStore=stub.p12");
		assertThat(race.jvms().get(0).entrants()).containsExactly(new Entrant("limit@jdk", "limit"));
	}

}
