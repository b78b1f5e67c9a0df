package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CollectedRowTests {

	private static final UUID GUID = UUID.fromString("c9da6455-213d-42c9-9a79-3e9149a57833");

	private static final TableEntity EVERYTHING = TableEntity.builder("p", "r")
		.put("Text", "7")
		.put("Int", 7)
		.put("Long", 8L)
		.put("Whole", 5.0)
		.put("NaN", Double.NaN)
		.put("Flag", true)
		.put("At", Instant.parse("1973-10-04T00:00:00Z"))
		.put("Guid", GUID)
		.put("Bytes", new byte[] { 1, 2, 3 })
		.build();

	private static final List<String> MEMBERS = List.of("'PartitionKey':'p'", "'RowKey':'r'",
			"'PartitionKey@odata.type':'Edm.String'", "'Text':'7'", "'Int':'7'", "'Int@odata.type':'Edm.Int32'",
			"'Long':8", "'Long@odata.type':'Edm.Int64'", "'Whole':5", "'Whole@odata.type':'Edm.Double'", "'NaN':'NaN'",
			"'NaN@odata.type':'Edm.Double'", "'Flag':'True'", "'Flag@odata.type':'Edm.Boolean'",
			"'At':'1973-10-04T00:00:00Z'", "'At@odata.type':'Edm.DateTime'", "'Guid':'" + GUID + "'",
			"'Guid@odata.type':'Edm.Guid'", "'Bytes':'AQID'", "'Bytes@odata.type':'Edm.Binary'", "'None':null",
			"'None@odata.type':'Edm.Int64'", "'odata.metadata':{'a':[1]}", "'Text@odata.other':{'b':2}");

	@Test
	void readsTypesWhereverTheyStand() {
		Random random = new Random(3);
		for (int i = 0; i < 500; i++) {
			List<String> members = new ArrayList<>(MEMBERS);
			Collections.shuffle(members, random);

			assertThat(read(members).get(0)).isEqualTo(EVERYTHING);
		}
	}

	@Test
	void readsRandomGuidsAndRefusesOtherText() {
		Random random = new Random(5);
		for (int i = 0; i < 1000; i++) {
			UUID guid = new UUID(random.nextLong(), random.nextLong() >>> random.nextInt(64));
			String text = guid.toString();

			assertThat(EdmType.GUID.parse(text)).isEqualTo(guid);
			assertThat(EdmType.GUID.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(guid);
			String broken = text.substring(0, i % 36) + "x" + text.substring(i % 36 + 1);
			assertThatIllegalArgumentException().isThrownBy(() -> EdmType.GUID.parse(broken));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> EdmType.GUID.parse("1-2-3-4-5"));
	}

	@Test
	void keepsTheOrderOfTheRow() {
		TableEntity entity = read(List.of("'b':1", "'PartitionKey':'p'", "'a@odata.type':'Edm.Int64'", "'a':'2'",
				"'Timestamp':'2026-11-22T06:00:00Z'", "'c':true"))
			.get(0);

		assertThat(entity.properties().keySet()).containsExactly("b", "a", "c");
		assertThat(entity.properties().values()).containsExactly(1, 2L, true);
		assertThat(entity.timestamp()).isEqualTo("2026-11-22T06:00:00Z");
	}

	@Test
	void tellsRowsOfOneParserApart() {
		List<TableEntity> rows = read(List.of("'a':1", "'b':2"), List.of("'a':3", "'b':4"), List.of("'a':5", "'c':6"),
				List.of("'a@odata.type':'Edm.Int64'"), List.of("'a':7"), List.of("'a':8", "'b':9"));

		assertThat(rows).extracting((row) -> row.properties().toString())
			.containsExactly("{a=1, b=2}", "{a=3, b=4}", "{a=5, c=6}", "{}", "{a=7}", "{a=8, b=9}");
		assertThat(rows.get(4).get("a")).isEqualTo(7);
	}

	@Test
	void readsARowOfMorePropertiesThanItHasRoomFor() {
		List<String> members = new ArrayList<>();
		for (int i = 0; i < 252; i++) {
			members.add("'P" + i + "':'" + i + "'");
			members.add(i / 2, "'P" + i + "@odata.type':'Edm.Int64'");
		}

		TableEntity entity = read(members).get(0);

		assertThat(entity.properties()).hasSize(252);
		assertThat(entity.get("P251")).isEqualTo(251L);
	}

	@Test
	void givesACodecOfItsOwnWhatItAsksFor() {
		JsonParser parser = parser("[{'n':7,'big':5000000000,'t':'x','d@odata.type':'Edm.DateTime',"
				+ "'d':'1973-10-04T00:00:00Z','g@odata.type':'Edm.Guid','g':'" + GUID + "','s':'9','f':'false'}]");
		parser.nextToken();
		CollectedRow row = new CollectedRow(parser);
		row.begin();

		assertThat(row.next()).isZero();
		assertThat(row.type()).isEqualTo(EdmType.INT32);
		assertThat(row.int32()).isEqualTo(7);
		assertThat(row.int64()).isEqualTo(7L);
		assertThat(row.float64()).isEqualTo(7.0);
		assertThatIllegalStateException().isThrownBy(row::string).withMessage("property 'n' is no Edm.String");
		row.next();
		assertThat(row.type()).isEqualTo(EdmType.INT64);
		assertThatIllegalStateException().isThrownBy(row::int32).withMessage("property 'big' is no Edm.Int32");
		row.next();
		assertThatIllegalStateException().isThrownBy(row::guid).withMessage("property 't' is no Edm.Guid");
		row.next();
		assertThat(row.type()).isEqualTo(EdmType.DATE_TIME);
		assertThat(row.string()).isEqualTo("1973-10-04T00:00:00Z");
		row.next();
		assertThat(row.string()).isEqualTo(GUID.toString());
		row.next();
		assertThat(row.type()).isEqualTo(EdmType.STRING);
		assertThat(row.int32()).isEqualTo(9);
		row.next();
		assertThat(row.bool()).isFalse();
		assertThat(row.next()).isEqualTo(RowReader.END);
	}

	@SafeVarargs
	private static List<TableEntity> read(List<String>... rows) {
		List<String> objects = new ArrayList<>();
		for (List<String> row : rows) {
			objects.add("{" + String.join(",", row) + "}");
		}
		JsonParser parser = parser("[" + String.join(",", objects) + "]");
		CollectedRow row = new CollectedRow(parser);
		List<TableEntity> entities = new ArrayList<>();
		for (int i = 0; i < rows.length; i++) {
			parser.nextToken();
			entities.add(row.read(TableEntityCodec.INSTANCE));
		}
		return entities;
	}

	private static JsonParser parser(String json) {
		byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), bytes);
		parser.nextToken();
		return parser;
	}

}
