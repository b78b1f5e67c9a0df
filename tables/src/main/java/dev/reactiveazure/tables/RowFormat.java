package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.JsonWriter.Name;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * A codec's rows on the wire: its property names encoded for writing and hashed for
 * reading, once.
 *
 * @param <T> the entities' type
 */
final class RowFormat<T> {

	static final String ETAG = "odata.etag";

	private final EntityCodec<T> codec;

	private final JsonFactory json;

	private final List<String> names;

	private final Name[] encodedNames;

	private final Name[] annotationNames;

	private final PropertyNameMatcher matcher;

	private final int partitionKeyIndex;

	private final int rowKeyIndex;

	RowFormat(EntityCodec<T> codec, JsonFactory json) {
		this.codec = codec;
		this.json = json;
		this.names = List.copyOf(codec.properties());
		this.encodedNames = new Name[this.names.size()];
		this.annotationNames = new Name[this.names.size()];
		List<Named> known = new ArrayList<>();
		for (int i = 0; i < this.names.size(); i++) {
			String name = this.names.get(i);
			EntityLimits.checkPropertyName(name);
			this.encodedNames[i] = Name.of(name);
			this.annotationNames[i] = Name.of(name + "@odata.type");
			known.add(Named.fromString(name));
		}
		known.add(Named.fromString(ETAG));
		this.partitionKeyIndex = this.names.indexOf(EntityLimits.PARTITION_KEY);
		this.rowKeyIndex = this.names.indexOf(EntityLimits.ROW_KEY);
		this.matcher = json.constructNameMatcher(known, false);
	}

	EntityCodec<T> codec() {
		return this.codec;
	}

	String name(int index) {
		return this.names.get(index);
	}

	Name encodedName(int index) {
		return this.encodedNames[index];
	}

	Name annotationName(int index) {
		return this.annotationNames[index];
	}

	PropertyNameMatcher matcher() {
		return this.matcher;
	}

	/**
	 * Return what {@link #matcher()} says for {@value #ETAG}.
	 */
	int etagIndex() {
		return this.names.size();
	}

	/**
	 * Return what {@link #matcher()} says for the partition key.
	 * @return an index; negative where the codec does not read it
	 */
	int partitionKeyIndex() {
		return this.partitionKeyIndex;
	}

	/**
	 * Return what {@link #matcher()} says for the row key.
	 * @return an index; negative where the codec does not read it
	 */
	int rowKeyIndex() {
		return this.rowKeyIndex;
	}

	/**
	 * Return whether the codec reads a property, if there is one of that name.
	 */
	boolean reads(String property) {
		return this.names.isEmpty() || this.names.contains(property);
	}

	JsonParser parser(byte[] bytes, int length) {
		return this.json.createParser(ObjectReadContext.empty(), bytes, 0, length);
	}

	/**
	 * Return a row over the parser's objects, to be used again for each.
	 */
	WireRow row(JsonParser parser) {
		return this.names.isEmpty() ? new CollectedRow(parser) : new StreamedRow(parser, this);
	}

	/**
	 * Write an entity with its key.
	 */
	void write(T entity, TableKey key, JsonWriter out) {
		RowOutput row = new RowOutput(this, out);
		row.begin(key);
		this.codec.write(entity, row);
		row.end();
	}

}
