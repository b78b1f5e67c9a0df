package dev.reactiveazure.tables.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.conformance.MutatingProxy.Mutation;
import dev.reactiveazure.tables.conformance.MutatingProxy.RealAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to an answer on its way, a call ends in time: with a typed error, or
 * with just what arrived.
 */
class MutatedAnswersTests {

	private static final int TRIES = Integer.getInteger("mutations", 60);

	private static final long SEED = Long.getLong("mutations.seed", 77);

	private static final Duration TIMEOUT = Duration.ofMillis(250);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** For what has to succeed on a busy machine. */
	private static final RequestOptions UNHURRIED = RequestOptions.none().withResponseTimeout(PATIENCE);

	private static final LeakWatch LEAKS = new LeakWatch();

	private static final TableEntity STORED = TableEntity.builder("part", "row")
		.put("text", "plain \u00e9 \"text\"")
		.put("number", 123456)
		.put("large", 9_007_199_254_740_993L)
		.put("ratio", 2.5)
		.put("flag", true)
		.put("moment", Instant.parse("2026-01-02T03:04:05.1234567Z"))
		.put("guid", UUID.fromString("c9da6455-213d-42c9-9a79-3e9149a57833"))
		.put("bytes", new byte[] { 1, 2, 3, 4, 5 })
		.build();

	private final Random random = new Random(SEED);

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();

	private final MutatingProxy proxy = new MutatingProxy(this.emulator.tablesEndpoint());

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(
				this.emulator.tablesConnectionString().replace(this.emulator.tablesEndpoint(), this.proxy.endpoint()))
		.options(ClientOptions.defaults()
			.withResponseTimeout(TIMEOUT)
			.withMaxResponseSize(64 * 1024)
			.withRetry(RetryOptions.none()))
		.build();

	private final TableClient table = this.client.getTableClient("orders");

	private int inserted;

	@BeforeAll
	static void watchLeaks() {
		LEAKS.start();
	}

	@AfterAll
	static void hasLeakedNothing() {
		assertThat(LEAKS.stop()).isEmpty();
	}

	@BeforeEach
	void insertRows() {
		UNHURRIED.applyTo(this.client.createTable("orders")).block();
		UNHURRIED.applyTo(this.table.insert(STORED)).block();
	}

	@AfterEach
	void close() throws InterruptedException, TimeoutException {
		this.client.close();
		this.proxy.awaitNoConnections();
		this.proxy.close();
		this.emulator.close();
	}

	/**
	 * Every operation, each as what it gives.
	 */
	private Map<String, Mono<?>> operations() {
		TableEntity fresh = TableEntity.builder("fresh", Integer.toString(this.inserted++)).put("n", 1).build();
		TableEntity stored = STORED.toBuilder().build();
		Map<String, Mono<?>> operations = new LinkedHashMap<>();
		operations.put("get", this.table.get("part", "row"));
		operations.put("query", this.table.query(TableQuery.filter("PartitionKey eq 'part'")).collectList());
		operations.put("insert", this.table.insert(fresh));
		operations.put("replace", this.table.replace(stored, MatchCondition.any()));
		operations.put("merge", this.table.merge(stored, MatchCondition.any()));
		operations.put("delete", this.table.delete(TableKey.of("part", "absent"), MatchCondition.any()));
		operations.put("create table", this.client.createTableIfAbsent("orders"));
		return operations;
	}

	private Mono<?> operation(String name) {
		return Objects.requireNonNull(operations().get(name));
	}

	/**
	 * Run a call to its end.
	 * @return its value; its error where it has one
	 */
	private static @Nullable Object outcome(Mono<?> call) {
		try {
			return call.block(PATIENCE);
		}
		catch (AzureException ex) {
			return ex;
		}
	}

	private void assertFails(String name, Mono<?> call) {
		assertThat(outcome(call)).as("%s, seed %d", name, SEED).isInstanceOf(AzureException.class);
	}

	/**
	 * The client works on: nothing of what came before is taken for a later answer.
	 */
	private void assertRecovers() {
		this.proxy.mutate(MutatingProxy.NONE);
		TableEntity read = UNHURRIED.applyTo(this.table.get("part", "row")).block(PATIENCE);
		assertThat(read).isNotNull();
		assertThat(read.properties().keySet()).isEqualTo(STORED.properties().keySet());
	}

	private byte[] cut(byte[] body) {
		return Arrays.copyOf(body, this.random.nextInt(body.length));
	}

	@Test
	void refusesAnswersThatBreakOff() {
		Mutation mutation = (answer, wire) -> {
			byte[] whole = answer.whole();
			wire.write(Arrays.copyOf(whole, this.random.nextInt(whole.length - 1)));
			return false;
		};
		for (int i = 0; i < TRIES / 5; i++) {
			operations().forEach((name, call) -> {
				this.proxy.mutate(mutation);
				assertFails(name, call);
			});
			assertRecovers();
		}
	}

	@Test
	void refusesBodiesThatAreCutThoughTheirLengthFits() {
		this.proxy.mutate((answer, wire) -> {
			byte[] body = cut(answer.body());
			wire.write(answer.framed(body.length, body));
			return true;
		});
		for (int i = 0; i < TRIES; i++) {
			assertFails("get", operation("get"));
			assertFails("query", operation("query"));
		}
		assertRecovers();
	}

	@Test
	void takesNothingBehindAnAnswerForTheNext() {
		String intruder = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 53\r\n\r\n"
				+ "{\"PartitionKey\":\"part\",\"RowKey\":\"row\",\"number\":666666}";
		for (int i = 0; i < TRIES / 3; i++) {
			this.proxy.mutate((answer, wire) -> {
				wire.write(answer.framed(answer.body().length / 2, answer.body()));
				wire.write(intruder.getBytes(StandardCharsets.US_ASCII));
				return true;
			});
			assertFails("get", operation("get"));
			this.proxy.mutate(MutatingProxy.NONE);
			List<Object> next = Flux.range(0, 3)
				.map((n) -> Objects.requireNonNull(outcome(operation("get"))))
				.collectList()
				.block();
			assertThat(next).allSatisfy((outcome) -> {
				if (outcome instanceof TableEntity read) {
					assertThat(read.get("number")).isEqualTo(123456);
				}
			}).hasAtLeastOneElementOfType(TableEntity.class);
		}
	}

	@Test
	void waitsNoLongerThanTheTimeoutForTheRest() {
		this.proxy.mutate((answer, wire) -> {
			byte[] whole = answer.whole();
			wire.write(Arrays.copyOf(whole, whole.length / 2));
			wire.awaitHangUp();
			return false;
		});
		operations().forEach(this::assertFails);
		assertRecovers();
	}

	@Test
	void waitsForNoAnswerThatClaimsToBeLonger() {
		this.proxy.mutate((answer, wire) -> {
			wire.write(answer.framed(answer.body().length + 1 + this.random.nextInt(1000), answer.body()));
			wire.awaitHangUp();
			return false;
		});
		assertFails("get", operation("get"));
		assertFails("query", operation("query"));
		assertRecovers();
	}

	@Test
	void endsEndlessAnswers() {
		String[] fillings = { " ", "7", "[", "{\"a\":", "\"\u00e9" };
		for (String filling : fillings) {
			this.proxy.mutate((answer, wire) -> endless(answer, wire, filling.repeat(500)));
			assertFails("get " + filling, operation("get"));
			this.proxy.mutate((answer, wire) -> endless(answer, wire, filling.repeat(500)));
			assertFails("query " + filling, operation("query"));
		}
		assertRecovers();
	}

	private static boolean endless(RealAnswer answer, MutatingProxy.Wire wire, String filling) throws IOException {
		byte[] text = filling.getBytes(StandardCharsets.UTF_8);
		String start = answer.head() + "Transfer-Encoding: chunked\r\n\r\n";
		wire.write(start.getBytes(StandardCharsets.US_ASCII));
		String size = Integer.toHexString(text.length) + "\r\n";
		// Ends when the client closes the connection.
		while (true) {
			wire.write(size.getBytes(StandardCharsets.US_ASCII));
			wire.write(text);
			wire.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Test
	void endsEndlessHeads() {
		this.proxy.mutate((answer, wire) -> {
			wire.write(answer.head().getBytes(StandardCharsets.US_ASCII));
			byte[] header = ("X-More: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
			while (true) {
				wire.write(header);
			}
		});
		assertFails("get", operation("get"));
		assertFails("insert", operation("insert"));
		assertRecovers();
	}

	@Test
	void endsWithGarbledHeads() {
		for (int i = 0; i < TRIES; i++) {
			this.proxy.mutate((answer, wire) -> {
				byte[] whole = answer.whole();
				int headLength = whole.length - answer.body().length;
				for (int n = this.random.nextInt(3); n >= 0; n--) {
					whole[this.random.nextInt(headLength)] = (byte) this.random.nextInt(256);
				}
				wire.write(whole);
				return false;
			});
			Object read = outcome(operation("get"));
			if (!(read instanceof AzureException)) {
				assertThat(((TableEntity) Objects.requireNonNull(read)).properties().keySet())
					.isEqualTo(STORED.properties().keySet());
			}
			outcome(operation("insert"));
			outcome(operation("replace"));
		}
		assertRecovers();
	}

	@Test
	void refusesOrReadsJustWhatArrivedOfGarbledBodies() {
		byte[][] arrived = { new byte[0] };
		this.proxy.mutate((answer, wire) -> {
			byte[] body = answer.body().clone();
			for (int n = this.random.nextInt(3); n >= 0; n--) {
				body[this.random.nextInt(body.length)] = (byte) (this.random.nextBoolean() ? this.random.nextInt(256)
						: "{}[]\":,0.-eE\\tn@/".charAt(this.random.nextInt(17)));
			}
			arrived[0] = body;
			wire.write(answer.framed(body.length, body));
			return true;
		});
		int read = 0;
		for (int i = 0; i < TRIES * 10; i++) {
			Object outcome = outcome(operation("get"));
			read += assertArrived(arrived[0], outcome) ? 1 : 0;
		}
		assertThat(read).as("some garbling leaves an entity that can be read").isPositive();
		assertRecovers();
	}

	@Test
	void refusesOrReadsJustWhatArrivedOfGarbledPages() {
		byte[][] arrived = { new byte[0] };
		this.proxy.mutate((answer, wire) -> {
			byte[] body = answer.body().clone();
			for (int n = this.random.nextInt(2); n >= 0; n--) {
				body[this.random.nextInt(body.length)] = (byte) "{}[]\":,0.-eE\\tn@/xPK"
					.charAt(this.random.nextInt(20));
			}
			arrived[0] = body;
			wire.write(answer.framed(body.length, body));
			return true;
		});
		int read = 0;
		for (int i = 0; i < TRIES * 10; i++) {
			Object outcome = outcome(operation("query"));
			if (outcome instanceof List<?> rows) {
				String text = new String(arrived[0], StandardCharsets.UTF_8);
				List<Map<String, Object>> expected = TreeReader.readPage(arrived[0]);
				assertThat(rows).as(text).hasSameSizeAs(expected);
				for (int n = 0; n < rows.size(); n++) {
					assertSameRow(text, (TableEntity) rows.get(n), expected.get(n));
				}
				read++;
			}
		}
		assertThat(read).as("some garbling leaves a page that can be read").isPositive();
		assertRecovers();
	}

	private static void assertSameRow(String text, TableEntity row, Map<String, Object> expected) {
		Map<String, Object> found = new LinkedHashMap<>(row.properties());
		found.put("PartitionKey", row.partitionKey());
		found.put("RowKey", row.rowKey());
		assertThat(found.keySet()).as(text).isEqualTo(expected.keySet());
		expected.forEach((name, value) -> assertThat(found.get(name)).as("%s of %s", name, text).isEqualTo(value));
	}

	@Test
	void refusesOrReadsJustWhatArrivedOfOtherTypes() {
		List<String> values = List.of("null", "true", "7", "-1.5", "1e400", "99999999999999999999", "\"x\"", "\"\"",
				"{}", "[]", "[1]", "{\"a\":1}", "\"NaN\"", "\"2026-13-45T00:00:00Z\"", "\"Edm.Int64\"", "\"Edm.Guid\"",
				"\"Edm.Binary\"", "\"Edm.DateTime\"", "\"Edm.Boolean\"", "\"Edm.Double\"", "\"Edm.Int32\"",
				"\"Edm.Nothing\"");
		byte[][] arrived = { new byte[0] };
		this.proxy.mutate((answer, wire) -> {
			String text = new String(answer.body(), StandardCharsets.UTF_8);
			List<MatchResult> members = Pattern.compile("(\"[^\"]+\":)(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}]+)")
				.matcher(text)
				.results()
				.toList();
			MatchResult member = members.get(this.random.nextInt(members.size()));
			String changed = text.substring(0, member.start(2)) + values.get(this.random.nextInt(values.size()))
					+ text.substring(member.end(2));
			arrived[0] = changed.getBytes(StandardCharsets.UTF_8);
			wire.write(answer.framed(arrived[0].length, arrived[0]));
			return true;
		});
		for (int i = 0; i < TRIES * 10; i++) {
			Object outcome = outcome(operation("get"));
			assertArrived(arrived[0], outcome);
		}
		assertRecovers();
	}

	/**
	 * Hold an outcome to another reader's opinion of the same bytes.
	 * @return whether it was an entity
	 */
	private static boolean assertArrived(byte[] arrived, @Nullable Object outcome) {
		if (outcome instanceof AzureException) {
			return false;
		}
		String text = new String(arrived, StandardCharsets.UTF_8);
		assertThat(outcome).as(text).isInstanceOf(TableEntity.class);
		TableEntity read = (TableEntity) Objects.requireNonNull(outcome);
		assertThat(read.key()).as(text).isEqualTo(TableKey.of("part", "row"));
		Map<String, Object> expected = TreeReader.read(arrived);
		assertThat(read.properties().keySet()).as(text).isEqualTo(expected.keySet());
		expected.forEach((name, value) -> assertThat(read.get(name)).as("%s of %s", name, text).isEqualTo(value));
		return true;
	}

}
