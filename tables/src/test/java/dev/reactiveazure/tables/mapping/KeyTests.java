package dev.reactiveazure.tables.mapping;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.annotation.Id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class KeyTests {

	private final Random random = new Random(7);

	private final MappedTable table;

	KeyTests(TablesService service) {
		this.table = new MappedTable(service);
	}

	@AfterEach
	void close() {
		this.table.close();
	}

	@Test
	@Requirement("T13")
	void sortsTypedKeysAsTheirValues() {
		assertOrder(Long.class, this.random::nextLong, Comparator.naturalOrder(),
				List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE));
		assertOrder(Integer.class, this.random::nextInt, Comparator.naturalOrder(),
				List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE));
		assertOrder(Byte.class, () -> (byte) this.random.nextInt(), Comparator.naturalOrder(),
				List.of(Byte.MIN_VALUE, (byte) -1, (byte) 0, Byte.MAX_VALUE));
		assertOrder(BigInteger.class,
				() -> new BigInteger(this.random.nextInt(1, 1_000), this.random)
					.multiply(BigInteger.valueOf(this.random.nextBoolean() ? 1 : -1)),
				Comparator.naturalOrder(), List.of(BigInteger.ZERO, BigInteger.ONE.negate(), BigInteger.TEN));
		assertOrder(Instant.class,
				() -> Instant.ofEpochSecond(this.random.nextLong(-62_167_219_200L, 253_402_300_800L),
						this.random.nextInt(1_000_000_000)),
				Comparator.naturalOrder(), List.of(Instant.parse("0000-01-01T00:00:00Z"), Instant.EPOCH,
						Instant.EPOCH.minusNanos(1), Instant.parse("9999-12-31T23:59:59.999999999Z")));
		assertOrder(LocalDate.class, () -> LocalDate.ofEpochDay(this.random.nextLong(-719_528, 2_932_897)),
				Comparator.naturalOrder(), List.of(LocalDate.of(0, 1, 1), LocalDate.of(9999, 12, 31)));
		assertOrder(UUID.class, () -> new UUID(this.random.nextLong(), this.random.nextLong()),
				Comparator.comparing(UUID::toString), List.of(new UUID(0, 0), new UUID(-1, -1)));
		assertOrder(Boolean.class, this.random::nextBoolean, Comparator.naturalOrder(), List.of(true, false));
	}

	private static <V> void assertOrder(Class<V> type, java.util.function.Supplier<V> values, Comparator<V> order,
			List<V> edges) {
		for (boolean descending : new boolean[] { false, true }) {
			SortableText form = SortableText.of(type, descending);
			assertThat(form).isNotNull();
			List<V> all = new ArrayList<>(edges);
			for (int i = 0; i < 300; i++) {
				all.add(values.get());
			}
			all.sort(descending ? order.reversed() : order);
			List<String> texts = all.stream().map((Function<V, String>) form.encode()::apply).toList();
			List<String> sorted = texts.stream()
				.sorted(Comparator.comparing((text) -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
				.toList();
			assertThat(texts).as(type.getSimpleName()).isEqualTo(sorted);
			assertThat(texts).allMatch((text) -> text.length() <= 512 && text.matches("[-0-9A-Za-z:.~]+"));
			assertThat(texts.stream().map(form.decode()).toList()).isEqualTo(all);
		}
	}

	@Test
	@Requirement("T13")
	void readsTheLatestFirst() {
		Instant noon = Instant.parse("2026-11-22T12:00:00Z");
		for (int i = 0; i < 5; i++) {
			this.table.insert(new Event("d", noon.plusSeconds(i * 1_000L), "e" + i));
		}

		assertThat(this.table.of(Event.class)
			.query(dev.reactiveazure.tables.TableQuery.all())
			.map(Event::text)
			.collectList()
			.block()).containsExactly("e4", "e3", "e2", "e1", "e0");
		assertThat(this.table.mapping().getRequiredPersistentEntity(Event.class).column("at").comparison("gt", noon))
			.startsWith("RowKey lt '");
	}

	@Test
	@Requirement("T13")
	void makesAKeyOfSeveralProperties() {
		Reading reading = new Reading("eu", "a%/b", 17, LocalDate.of(2026, 11, 22), -3, 0.5);

		assertThat(this.table.insertAndFind(reading)).isEqualTo(reading);
		assertThat(this.table.key(reading)).isEqualTo(TableKey.of("eu|a%25%2Fb|0000000017", "2912117|~0000000002"));
	}

	@Test
	@Requirement("T13")
	void findsByTypedKeys() {
		Reading reading = new Reading("eu", "a|b", 17, LocalDate.of(2026, 11, 22), -3, 0.5);
		TablePersistentEntity<?> entity = this.table.mapping().getRequiredPersistentEntity(Reading.class);

		this.table.insert(reading);

		assertThat(this.table.find(entity.key("eu", "a|b", 17, LocalDate.of(2026, 11, 22), -3), Reading.class))
			.isEqualTo(reading);
		assertThatIllegalArgumentException().isThrownBy(() -> entity.key("eu", "a"))
			.withMessage("A key of Reading is made of [region, station, sensor, day, channel], not of 2 values");
		assertThatIllegalArgumentException().isThrownBy(() -> entity.key("eu", "a", "x", LocalDate.EPOCH, 1))
			.withMessageContaining("'sensor' of Reading is a int and can't be compared with a String");
		assertThat(entity.column("region").comparison("eq", "eu"))
			.isEqualTo("(PartitionKey ge 'eu|' and PartitionKey lt 'eu}')");
		assertThatIllegalArgumentException().isThrownBy(() -> entity.column("station").comparison("eq", "a"))
			.withMessageContaining("'station' is the part 2 of the PartitionKey");
	}

	@Test
	@Requirement("T13")
	void takesItsKeysFromAnId() {
		Visit visit = new Visit(new VisitId("ada", 5L), "hello");

		assertThat(this.table.insertAndFind(visit)).isEqualTo(visit);
		assertThat(this.table.key(visit)).isEqualTo(TableKey.of("ada", "0000000000000000005"));
	}

	@Test
	@Requirement("T13")
	void encodesWhatAKeyMustNotContain() {
		for (String text : List.of("", "a/b\\c#d?e%f", "\u0001\u0080\u20ac", "plain")) {
			Encoded encoded = new Encoded(text, text, "x");
			assertThat(this.table.insertAndFind(encoded)).isEqualTo(encoded);
		}
		assertThat(this.table.key(new Encoded("a/b", "a/b", ""))).isEqualTo(TableKey.of("a%2Fb", "YS9i"));
	}

	@Test
	@Requirement("T13")
	void keepsFixedKeys() {
		Setting setting = new Setting("theme", "dark");

		assertThat(this.table.insertAndFind(setting)).isEqualTo(setting);
		assertThat(this.table.key(setting)).isEqualTo(TableKey.of("settings", "theme"));
	}

	@Test
	@Requirement("T13")
	void refusesBadKeysByTheirProperty() {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.key(new Reading("e|u", "a", 1, LocalDate.EPOCH, 1, 0)))
			.withMessageContaining("Property 'region' must not contain '|'");
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.key(new Event("d", Instant.MAX, "")))
			.withMessageContaining("Property 'at' can't be in the RowKey: it is not in the years 0 to 9999");
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.insert(new Setting("a/b", "")))
			.withMessageContaining("RowKey must not contain '/'");
	}

	record Event(@PartitionKey String device, @RowKey(descending = true) Instant at, String text) {
	}

	record Reading(@PartitionKey(order = 1) String region,
			@PartitionKey(order = 2, encoding = KeyEncoding.PERCENT) String station,
			@PartitionKey(order = 3) int sensor, @RowKey(order = 1, descending = true) LocalDate day,
			@RowKey(order = 2, descending = true) int channel, double value) {
	}

	record VisitId(@PartitionKey String visitor, @RowKey long number) {
	}

	record Visit(@Id VisitId id, String text) {
	}

	record Encoded(@PartitionKey(encoding = KeyEncoding.PERCENT) String percent,
			@RowKey(encoding = KeyEncoding.BASE64URL) String base64, String text) {
	}

	@Table(partitionKey = "settings")
	record Setting(@RowKey String name, String value) {
	}

}
