package dev.reactiveazure.tables;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.pipeline.HttpDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The worked examples A to F of the protocol sheet.
 */
class SharedKeySignerTests {

	private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"
			+ "K1SZFPTOtr/KBHBeksoGMGw==";

	private final SharedKeySigner signer = new SharedKeySigner(new SharedKey("devstoreaccount1", KEY),
			new HttpDate(Clock.fixed(Instant.parse("2026-04-23T18:25:43Z"), ZoneOffset.UTC)));

	@Test
	void signsAListOfTablesOfAnEmulator() {
		assertThat(signature(HttpMethod.GET, "/devstoreaccount1/Tables", null))
			.isEqualTo("6OJUjt2E5B3ccl+TUE3uSDhzl9AdyOWneni5Hc8IVgI=");
	}

	@Test
	void signsAnInsertWithItsContentType() {
		assertThat(signature(HttpMethod.POST, "/devstoreaccount1/mytable", TablesOperations.CONTENT_TYPE))
			.isEqualTo("j+yZhkweiTAaXsNTKGyUk3wagA5xIVDBl2Awa28WtZc=");
	}

	@Test
	void signsThePathAsItIsEncodedWithoutTheQuery() {
		String path = new EntityAddress("mytable").entity(TableKey.of("it's", "a b+c"));

		assertThat(path).isEqualTo("/mytable(PartitionKey='it%27%27s',RowKey='a%20b%2Bc')");
		assertThat(signature(HttpMethod.GET, path + "?$select=A", null))
			.isEqualTo("6GvbpilCqtJnlZ8WbKbFHgu3ZUhoFUDY9/kh876KnuU=");
	}

	@Test
	void signsCompOfTheQueryOnly() {
		String expected = "OfxEN1irK+/QGjQEY3UPIFbhJutlP2k4iCAmcW1G5Ww=";

		assertThat(signature(HttpMethod.GET, "/mytable?comp=acl", null)).isEqualTo(expected);
		assertThat(signature(HttpMethod.GET, "/mytable?timeout=30&comp=acl&x=y", null)).isEqualTo(expected);
	}

	@Test
	void signsABatchWithItsBoundary() {
		assertThat(signature(HttpMethod.POST, "/$batch",
				"multipart/mixed; boundary=batch_00000000-0000-0000-0000-000000000001"))
			.isEqualTo("QoIvNiafLUS+JUkfgWTN6d8uPk4KKa0SF25BcuANnjI=");
	}

	@Test
	void signsDateAndResourceOnlyInTheLiteScheme() {
		Map<String, String> headers = new HashMap<>();
		SharedKeySigner lite = new SharedKeySigner(new SharedKey("devstoreaccount1", KEY),
				new HttpDate(Clock.fixed(Instant.parse("2026-04-23T18:25:43Z"), ZoneOffset.UTC)),
				SignatureScheme.SHARED_KEY_LITE);

		lite.sign(HttpMethod.GET, "/devstoreaccount1/Tables", null,
				(name, value) -> headers.put(name.toString(), value.toString()));

		assertThat(headers).containsEntry("Authorization",
				"SharedKeyLite devstoreaccount1:CUOFjqopxaBhfi9IhbsJUKvcgEs6P2oAa18mdVGRukE=");
	}

	@Test
	void addsASharedAccessSignatureToTheQuery() {
		SasSigner sas = new SasSigner(new Sas("?sv=2019-02-02&sig=a%2Fb%3D"));

		assertThat(sas.authorise("/t()")).isEqualTo("/t()?sv=2019-02-02&sig=a%2Fb%3D");
		assertThat(sas.authorise("/t()?$top=1")).isEqualTo("/t()?$top=1&sv=2019-02-02&sig=a%2Fb%3D");
	}

	private String signature(HttpMethod method, String path, @Nullable CharSequence contentType) {
		Map<String, String> headers = new HashMap<>();
		this.signer.sign(method, path, contentType, (name, value) -> headers.put(name.toString(), value.toString()));
		assertThat(headers).containsEntry("x-ms-date", "Thu, 23 Apr 2026 18:25:43 GMT");
		String authorization = headers.getOrDefault("Authorization", "");
		assertThat(authorization).startsWith("SharedKey devstoreaccount1:");
		return authorization.substring("SharedKey devstoreaccount1:".length());
	}

}
