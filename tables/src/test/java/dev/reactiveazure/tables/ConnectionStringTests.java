package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectionStringTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					UseDevelopmentStorage=true                                                  | http://127.0.0.1:10002/devstoreaccount1
					usedevelopmentstorage=TRUE;                                                 | http://127.0.0.1:10002/devstoreaccount1
					UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite        | http://azurite:10002/devstoreaccount1
					AccountName=shop;AccountKey=c2VjcmV0                                        | https://shop.table.core.windows.net
					DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=c2VjcmV0          | http://shop.table.core.windows.net
					AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.chinacloudapi.cn   | https://shop.table.core.chinacloudapi.cn
					AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=http://h:1/a/;BlobEndpoint=x| http://h:1/a
					TableEndpoint=https://a.table.cosmos.azure.com:443/;AccountName=a;AccountKey=c2VjcmV0 | https://a.table.cosmos.azure.com:443
					AccountName=shop;SharedAccessSignature=?sv=1&sig=c2VjcmV0                   | https://shop.table.core.windows.net
					""")
	void understandsEachForm(String text, String endpoint) {
		assertThat(ConnectionString.parse(text).endpoint().address()).isEqualTo(endpoint);
	}

	@Test
	void readsKeysWithEqualsSignsAndSignatures() {
		assertThat(ConnectionString.parse("AccountName=a;AccountKey=c2VjcmV0MQ==").credential())
			.isEqualTo(new SharedKey("a", "c2VjcmV0MQ=="));
		assertThat(ConnectionString.parse("AccountName=a;SharedAccessSignature=sv=1&sig=x%3D").credential())
			.isEqualTo(new Sas("sv=1&sig=x%3D"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                                            | it is empty
					AccountName=shop                                              | neither 'AccountKey' nor 'SharedAccessSignature'
					AccountKey=c2VjcmV0                                           | 'AccountName' is missing
					AccountName=a;AccountKey=c2VjcmV0!                            | 'AccountKey' is not valid
					AccountName=a;AccountKey=                                     | 'AccountKey' has no value
					AccountName=a;c2VjcmV0                                        | its part 2 is not of the form name=value
					AccountName=a;AccountKey=c2VjcmV0;AccountKey=c2VjcmV0         | 'AccountKey' is there twice
					AccountName=a;AccountKey=c2VjcmV0;SharedAccessSignature=sig=x | both 'AccountKey' and 'SharedAccessSignature'
					AccountName=a;SharedAccessSignature=c2VjcmV0                  | 'SharedAccessSignature' is not valid
					AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=ftp://x       | 'TableEndpoint' is not valid
					AccountName=a;AccountKey=c2VjcmV0;DefaultEndpointsProtocol=ftp| 'DefaultEndpointsProtocol' must be
					AccountName=a;AccountKey=c2VjcmV0;TableSecondaryEndpoint=x    | 'TableSecondaryEndpoint' without
					UseDevelopmentStorage=false                                   | can only be 'true'
					""")
	void saysWhatIsWrongAndShowsNoKey(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> TableServiceClient.builder().connectionString(text))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("c2VjcmV0"));
	}

}
