package dev.reactiveazure.tables;

import java.time.Instant;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import org.junit.jupiter.api.Test;

import static dev.reactiveazure.tables.AccountSasPermission.ADD;
import static dev.reactiveazure.tables.AccountSasPermission.CREATE;
import static dev.reactiveazure.tables.AccountSasPermission.DELETE;
import static dev.reactiveazure.tables.AccountSasPermission.LIST;
import static dev.reactiveazure.tables.AccountSasPermission.READ;
import static dev.reactiveazure.tables.AccountSasPermission.UPDATE;
import static dev.reactiveazure.tables.AccountSasPermission.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The worked examples G to J of the protocol sheet.
 */
class SasTests {

	private static final SharedKey KEY = new SharedKey("devstoreaccount1",
			"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant EXPIRY = Instant.parse("2026-12-31T00:00:00Z");

	@Test
	void signsAnAccountAsExampleG() {
		Sas sas = account().resourceTypes(SasResourceType.OBJECT, SasResourceType.SERVICE, SasResourceType.CONTAINER)
			.build()
			.sign(KEY);

		assertThat(sas.token()).isEqualTo("sv=2019-02-02&ss=t&srt=sco&sp=rwdlacu&st=2026-01-01T00%3A00%3A00Z"
				+ "&se=2026-12-31T00%3A00%3A00Z&spr=https%2Chttp&sig=xzmJvuMwwTMzmNIJ1DmV24IrZsWeLFajBlJXlOrtdGY%3D");
		assertThat(sas).hasToString("Sas[token=***]");
	}

	@Test
	void signsAnAccountAsExampleGPrime() {
		Sas sas = account().resourceTypes(SasResourceType.SERVICE, SasResourceType.OBJECT).build().sign(KEY);

		assertThat(sas.token()).endsWith("&sig=djo47zfVh6jXhktYSC1N7LSYNK%2FCx1aoi321fcOurtM%3D");
	}

	@Test
	void signsAnAccountInANewerVersionAsExampleH() {
		Sas sas = account().resourceTypes(SasResourceType.values()).version("2020-12-06").build().sign(KEY);

		assertThat(sas.token()).endsWith("&sig=x%2FYTWBDoTnojnhOtk7vSiv9IUXYCd5unx1YjPgsKeEw%3D");
	}

	@Test
	void signsKeyRangesOfATableAsExampleI() {
		Sas sas = TableSas.builder()
			.permissions(TableSasPermission.DELETE, TableSasPermission.READ, TableSasPermission.UPDATE,
					TableSasPermission.ADD)
			.start(START)
			.expiry(EXPIRY)
			.protocol(SasProtocol.HTTPS_AND_HTTP)
			.from(TableKey.of("pk1", "rk1"))
			.to(TableKey.of("pk2", "rk9"))
			.build()
			.sign(KEY, "MyTable");

		assertThat(sas.token()).isEqualTo("st=2026-01-01T00%3A00%3A00Z&se=2026-12-31T00%3A00%3A00Z&sp=raud"
				+ "&spr=https%2Chttp&sv=2019-02-02&tn=MyTable&spk=pk1&srk=rk1&epk=pk2&erk=rk9"
				+ "&sig=3W24iKeniOCKluoO1MIhFwxcvknGJoK%2F8M9CDaJjLzw%3D");
	}

	@Test
	void signsAPolicyOfATableAsExampleJ() {
		Sas sas = TableSas.builder().policy("policy1").protocol(null).build().sign(KEY, "MyTable");

		assertThat(sas.token())
			.isEqualTo("si=policy1&sv=2019-02-02&tn=MyTable&sig=7fk7F8vYktbK9ITerPezirtr6NZNSL8zDLE5ET8adv8%3D");
	}

	@Test
	void refusesWhatTheServiceWouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> AccountSas.builder().expiry(EXPIRY).build())
			.withMessageContaining("permissions");
		assertThatIllegalArgumentException().isThrownBy(() -> account().build()).withMessageContaining("resourceTypes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> account().resourceTypes(SasResourceType.OBJECT).start(EXPIRY).build())
			.withMessageContaining("begin before it ends");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> account().resourceTypes(SasResourceType.OBJECT).addresses("everywhere").build())
			.withMessageContaining("'everywhere'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TableSas.builder().permissions(TableSasPermission.READ).build())
			.withMessageContaining("an expiry, or a policy");
	}

	private static AccountSas.Builder account() {
		return AccountSas.builder()
			.permissions(UPDATE, CREATE, ADD, LIST, DELETE, WRITE, READ)
			.start(START)
			.expiry(EXPIRY)
			.protocol(SasProtocol.HTTPS_AND_HTTP);
	}

}
