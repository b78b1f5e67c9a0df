package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * How values of a Java type are stored.
 *
 * @param edmType the type in the service
 * @param ordered whether stored values are in the same order as values, so that a filter
 * may ask for less or more
 * @param numeric whether a stored number is read, too, though text is written
 * @param toStored makes a value of {@code edmType} of one of the Java type
 * @param fromStored makes a value of the Java type of one of {@code edmType}
 */
record ColumnType(EdmType edmType, boolean ordered, boolean numeric, Function<Object, Object> toStored,
		Function<Object, Object> fromStored) {

	private static final Map<Class<?>, ColumnType> TYPES = types();

	private static Map<Class<?>, ColumnType> types() {
		Map<Class<?>, ColumnType> types = new HashMap<>();
		same(types, String.class, EdmType.STRING);
		same(types, Integer.class, EdmType.INT32);
		same(types, Long.class, EdmType.INT64);
		same(types, Double.class, EdmType.DOUBLE);
		same(types, Boolean.class, EdmType.BOOLEAN);
		same(types, Instant.class, EdmType.DATE_TIME);
		same(types, UUID.class, EdmType.GUID);
		same(types, byte[].class, EdmType.BINARY);
		add(types, Short.class, Integer.class, EdmType.INT32, Short::intValue, ColumnType::toShort);
		add(types, Byte.class, Integer.class, EdmType.INT32, Byte::intValue, ColumnType::toByte);
		add(types, Float.class, Double.class, EdmType.DOUBLE, Float::doubleValue, ColumnType::toFloat);
		add(types, OffsetDateTime.class, Instant.class, EdmType.DATE_TIME, OffsetDateTime::toInstant,
				(moment) -> moment.atOffset(ZoneOffset.UTC));
		add(types, ZonedDateTime.class, Instant.class, EdmType.DATE_TIME, ZonedDateTime::toInstant,
				(moment) -> moment.atZone(ZoneOffset.UTC));
		add(types, ByteBuffer.class, byte[].class, EdmType.BINARY, ColumnType::toBytes, ByteBuffer::wrap);
		add(types, Character.class, String.class, EdmType.STRING, String::valueOf, ColumnType::toCharacter);
		text(types, LocalDate.class, true, LocalDate::toString, LocalDate::parse);
		text(types, LocalTime.class, true, LocalTime::toString, LocalTime::parse);
		text(types, LocalDateTime.class, true, LocalDateTime::toString, LocalDateTime::parse);
		number(types, BigDecimal.class, BigDecimal::toPlainString, Function.identity());
		number(types, BigInteger.class, BigInteger::toString, BigDecimal::toBigIntegerExact);
		text(types, Duration.class, false, Duration::toString, Duration::parse);
		text(types, Period.class, false, Period::toString, Period::parse);
		text(types, ZoneId.class, false, ZoneId::getId, ZoneId::of);
		text(types, URI.class, false, URI::toString, URI::create);
		return Map.copyOf(types);
	}

	private static void same(Map<Class<?>, ColumnType> types, Class<?> type, EdmType edmType) {
		types.put(type, new ColumnType(edmType, true, false, Function.identity(), Function.identity()));
	}

	private static <V> void text(Map<Class<?>, ColumnType> types, Class<V> type, boolean ordered,
			Function<V, String> toText, Function<String, V> fromText) {
		types.put(type, new ColumnType(EdmType.STRING, ordered, false, (value) -> toText.apply(type.cast(value)),
				(stored) -> fromText.apply((String) stored)));
	}

	private static <V> void number(Map<Class<?>, ColumnType> types, Class<V> type, Function<V, String> toText,
			Function<BigDecimal, V> fromNumber) {
		types.put(type, new ColumnType(EdmType.STRING, false, true, (value) -> toText.apply(type.cast(value)),
				(stored) -> fromNumber.apply((BigDecimal) stored)));
	}

	private static <V, S> void add(Map<Class<?>, ColumnType> types, Class<V> type, Class<S> storedType, EdmType edmType,
			Function<V, S> toStored, Function<S, V> fromStored) {
		types.put(type, new ColumnType(edmType, true, false, (value) -> toStored.apply(type.cast(value)),
				(stored) -> fromStored.apply(storedType.cast(stored))));
	}

	private static Short toShort(Integer value) {
		if (value != value.shortValue()) {
			throw new ArithmeticException(value + " is no short");
		}
		return value.shortValue();
	}

	private static Byte toByte(Integer value) {
		if (value != value.byteValue()) {
			throw new ArithmeticException(value + " is no byte");
		}
		return value.byteValue();
	}

	private static Character toCharacter(String text) {
		if (text.length() != 1) {
			throw new IllegalArgumentException("a char is exactly one character");
		}
		return text.charAt(0);
	}

	/**
	 * Return the Java types that are stored as one column, enums aside.
	 */
	static Set<Class<?>> simpleTypes() {
		return TYPES.keySet();
	}

	private static Float toFloat(Double value) {
		if (Double.isFinite(value) && Float.isInfinite(value.floatValue())) {
			throw new ArithmeticException("it is out of the range of a float");
		}
		return value.floatValue();
	}

	private static byte[] toBytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return bytes;
	}

	/**
	 * Return how values of a Java type are stored, enums aside.
	 * @return the way; {@code null} when there is none
	 */
	static @Nullable ColumnType of(Class<?> javaType) {
		return TYPES.get(ClassUtils.resolvePrimitiveIfNecessary(javaType));
	}

	/**
	 * Return how values of another type are stored that become such of this type.
	 */
	ColumnType of(Function<Object, Object> toValue, Function<Object, Object> fromValue) {
		return new ColumnType(this.edmType, false, this.numeric, toValue.andThen(this.toStored),
				this.fromStored.andThen(fromValue));
	}

	/**
	 * Return this, stored as another type.
	 */
	ColumnType storedAs(EdmType other, boolean stillOrdered, Function<Object, Object> toOther,
			Function<Object, Object> fromOther) {
		return new ColumnType(other, this.ordered && stillOrdered, false, this.toStored.andThen(toOther),
				fromOther.andThen(this.fromStored));
	}

	/**
	 * Return a value from text, as an annotation or a key holds it.
	 */
	@Nullable Object parse(String text) {
		return this.fromStored.apply(switch (this.edmType) {
			case STRING -> this.numeric ? new BigDecimal(text) : text;
			case INT32 -> Integer.valueOf(text);
			case INT64 -> Long.valueOf(text);
			case DOUBLE -> Double.valueOf(text);
			case BOOLEAN -> Boolean.valueOf(text);
			case DATE_TIME -> Instant.parse(text);
			case GUID -> UUID.fromString(text);
			case BINARY -> Base64.getDecoder().decode(text);
		});
	}

	/**
	 * Read a value of the Java type.
	 * @return the value; {@code null} where what is stored counts as absent
	 */
	@Nullable Object read(RowReader row) {
		return this.fromStored.apply(readStored(row));
	}

	Object readStored(RowReader row) {
		return switch (this.edmType) {
			case STRING -> this.numeric ? row.decimal() : row.string();
			case INT32 -> row.int32();
			case INT64 -> row.int64();
			case DOUBLE -> row.float64();
			case BOOLEAN -> row.bool();
			case DATE_TIME -> row.dateTime();
			case GUID -> row.guid();
			case BINARY -> row.binary();
		};
	}

	void write(RowWriter row, Object value) {
		writeStored(row, this.toStored.apply(value));
	}

	void writeStored(RowWriter row, Object stored) {
		switch (this.edmType) {
			case STRING -> row.string((String) stored);
			case INT32 -> row.int32((Integer) stored);
			case INT64 -> row.int64((Long) stored);
			case DOUBLE -> row.float64((Double) stored);
			case BOOLEAN -> row.bool((Boolean) stored);
			case DATE_TIME -> row.dateTime((Instant) stored);
			case GUID -> row.guid((UUID) stored);
			case BINARY -> row.binary((byte[]) stored);
		}
	}

}
