package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;
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
					SharedAccessSignature=sv=1&sig=c2VjcmV0;TableEndpoint=https://h.example     | https://h.example
					AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=cosmos.azure.com        | https://shop.table.cosmos.azure.com
					AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.usgovcloudapi.net  | https://shop.table.core.usgovcloudapi.net
					' ; accountKEY = c2VjcmV0 ;; ACCOUNTname = shop ; defaultendpointsprotocol=HTTP ; ' | http://shop.table.core.windows.net
					DevelopmentStorageProxyUri=https://azurite/;UseDevelopmentStorage=true;     | https://azurite:10002/devstoreaccount1
					AccountName=a;AccountKey=c2VjcmV0;QueueEndpoint=https://q;Foo=bar==;TableEndpoint=https://a.x | https://a.x
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
	@CsvSource(delimiter = '|', nullValues = "none",
			textBlock = """
					UseDevelopmentStorage=true                                                 | http://127.0.0.1:10002/devstoreaccount1-secondary
					AccountName=shop;AccountKey=c2VjcmV0                                       | https://shop-secondary.table.core.windows.net
					AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.chinacloudapi.cn  | https://shop-secondary.table.core.chinacloudapi.cn
					AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=cosmos.azure.com       | none
					AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=https://h                  | none
					AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=https://h;TableSecondaryEndpoint=https://i/ | https://i
					""")
	void knowsTheSecondaryEndpoint(String text, @Nullable String endpoint) {
		AzureEndpoint secondary = ConnectionString.parse(text).secondaryEndpoint();

		assertThat((secondary != null) ? secondary.address() : null).isEqualTo(endpoint);
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
					UseDevelopmentStorage=true;AccountName=a;AccountKey=c2VjcmV0  | 'AccountKey' can't stand beside 'UseDevelopmentStorage'
					UseDevelopmentStorage=true;DevelopmentStorageProxyUri=h       | 'DevelopmentStorageProxyUri' is not valid
					UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://h:80 | 'DevelopmentStorageProxyUri' must name scheme and host only
					UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://h/p  | 'DevelopmentStorageProxyUri' must name scheme and host only
					DevelopmentStorageProxyUri=http://h                           | 'DevelopmentStorageProxyUri' without 'UseDevelopmentStorage=true'
					c2VjcmV0                                                      | its part 1 is not of the form name=value
					c2VjcmV0=                                                     | its part 1 has no value
					AccountName=a;c2VjcmV0==;c2VjcmV0==                           | its part 3 has the name of another part
					AccountName=a;=c2VjcmV0                                       | its part 2 is not of the form name=value
					AccountName=a;AccountKey=c2Vj cmV0                            | 'AccountKey' is not valid
					AccountName=h.evil/x;AccountKey=c2VjcmV0                      | 'AccountName' must be the account's name
					AccountName=a?x;AccountKey=c2VjcmV0                           | 'AccountName' must be the account's name
					AccountName=a@b;SharedAccessSignature=sig=c2VjcmV0            | 'AccountName' must be the account's name
					AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=h/?x         | 'EndpointSuffix' must be a host's name
					AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=https://h    | 'EndpointSuffix' must be a host's name
					AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=.h           | 'EndpointSuffix' must be a host's name
					AccountKey=c2VjcmV0;TableEndpoint=https://h                   | 'AccountName' is missing
					SharedAccessSignature=sig=c2VjcmV0                            | neither 'TableEndpoint' nor 'AccountName'
					AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=https://h/?sig=c2VjcmV0 | 'TableEndpoint' is not valid
					AccountEndpoint=https://a.documents.azure.com:443/;AccountKey=c2VjcmV0 | 'AccountEndpoint' is of another API of Cosmos DB
					Endpoint=sb://h/;SharedAccessKeyName=x;SharedAccessKey=c2VjcmV0 | neither 'AccountKey' nor 'SharedAccessSignature'
					""")
	void saysWhatIsWrongAndShowsNoKey(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> TableServiceClient.builder().connectionString(text))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("c2VjcmV0"));
	}

}
