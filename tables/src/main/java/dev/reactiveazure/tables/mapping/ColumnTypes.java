package dev.reactiveazure.tables.mapping;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;

/**
 * Finds how properties are stored: by their annotations, by the application's converters,
 * by their Java type.
 */
final class ColumnTypes {

	private final TableMappingOptions options;

	private final GenericConversionService conversionService = new DefaultConversionService();

	ColumnTypes(TableMappingOptions options) {
		this.options = options;
		options.conversions().registerConvertersIn(this.conversionService);
	}

	/**
	 * Return how a property is stored.
	 * @throws MappingException if it is not stored as one column
	 */
	ColumnType of(TablePersistentProperty property) {
		ColumnType type = byAnnotationOrType(property);
		EdmType other = property.settings().type();
		return (other == null || other == type.edmType()) ? type : storedAs(other, type, property);
	}

	private ColumnType byAnnotationOrType(TablePersistentProperty property) {
		if (property.isAnnotationPresent(Json.class)) {
			return json(property);
		}
		if (this.options.conversions().hasValueConverter(property)) {
			return byValueConverter(property);
		}
		Class<?> type = property.valueType();
		Optional<Class<?>> target = this.options.conversions().getCustomWriteTarget(type);
		if (target.isPresent()) {
			return byConverter(type, target.get());
		}
		ColumnType simple = simple(type);
		if (simple == null) {
			throw new MappingException("is a " + property.getTypeInformation().getType().getName()
					+ ", which is not stored as one column: use another type, mark it @Embedded, @Json or @Transient, "
					+ "or give a converter");
		}
		return simple;
	}

	private @Nullable ColumnType simple(Class<?> type) {
		return type.isEnum() ? ofEnum(type) : ColumnType.of(type);
	}

	private ColumnType json(TablePersistentProperty property) {
		JsonMapper mapper = this.options.jsonMapper();
		TypeInformation<?> type = property.getTypeInformation();
		JavaType javaType = mapper.constructType(type.toTypeDescriptor().getResolvableType().getType());
		return new ColumnType(EdmType.STRING, false, false, mapper::writeValueAsString,
				(stored) -> mapper.readValue((String) stored, javaType));
	}

	private ColumnType byConverter(Class<?> type, Class<?> target) {
		ColumnType stored = simple(target);
		if (stored == null) {
			throw new MappingException("is a " + type.getName() + ", which a converter makes a " + target.getName()
					+ ": that is not stored as one column");
		}
		if (!this.options.conversions().hasCustomReadTarget(target, type)) {
			throw new MappingException("is a " + type.getName() + ", which a converter makes a " + target.getName()
					+ ", but none makes it of one: add a reading converter");
		}
		return stored.of((value) -> convert(value, target), (value) -> convert(value, type));
	}

	private Object convert(Object value, Class<?> target) {
		Object converted = this.conversionService.convert(value, target);
		if (converted == null) {
			throw new IllegalArgumentException("its converter makes null of a " + value.getClass().getSimpleName());
		}
		return converted;
	}

	private ColumnType byValueConverter(TablePersistentProperty property) {
		PropertyValueConverter<Object, Object, ValueConversionContext<TablePersistentProperty>> converter = this.options
			.conversions()
			.getRequiredValueConverter(property);
		Class<?>[] types = GenericTypeResolver.resolveTypeArguments(converter.getClass(), PropertyValueConverter.class);
		ColumnType stored = (types != null) ? simple(types[1]) : null;
		if (stored == null) {
			throw new MappingException("has the converter " + converter.getClass().getName()
					+ ", whose stored type can't be told or is not stored as one column");
		}
		ValueConversionContext<TablePersistentProperty> context = () -> property;
		return stored.of((value) -> required(converter.write(value, context), property),
				(value) -> required(converter.read(value, context), property));
	}

	private static Object required(@Nullable Object converted, TablePersistentProperty property) {
		if (converted == null) {
			throw new IllegalArgumentException("the converter of '" + property.getName() + "' returned null");
		}
		return converted;
	}

	@SuppressWarnings("NullAway") // an absent value is what a policy may make of one
	private ColumnType ofEnum(Class<?> type) {
		Map<String, Object> constants = new HashMap<>();
		for (Object constant : type.getEnumConstants()) {
			constants.put(((Enum<?>) constant).name(), constant);
		}
		Object unknown = unknownConstant(type);
		boolean absent = this.options.unknownEnum() == UnknownEnum.ABSENT;
		return new ColumnType(EdmType.STRING, false, false, (value) -> ((Enum<?>) value).name(), (stored) -> {
			Object constant = constants.getOrDefault((String) stored, unknown);
			if (constant == null && !absent) {
				throw new IllegalArgumentException("'" + stored + "' is none of " + type.getSimpleName() + "'s "
						+ Arrays.toString(type.getEnumConstants()));
			}
			return constant;
		});
	}

	private static @Nullable Object unknownConstant(Class<?> type) {
		for (Object constant : type.getEnumConstants()) {
			try {
				Field field = type.getField(((Enum<?>) constant).name());
				if (field.isAnnotationPresent(UnknownValue.class)) {
					return constant;
				}
			}
			catch (NoSuchFieldException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return null;
	}

	private static ColumnType storedAs(EdmType other, ColumnType type, TablePersistentProperty property) {
		Class<?> javaType = ClassUtils.resolvePrimitiveIfNecessary(property.valueType());
		if (javaType.isEnum() && other == EdmType.INT32) {
			return ofPosition(javaType);
		}
		ColumnType stored = switch (type.edmType()) {
			case INT32 -> ofInteger(other, type);
			case INT64 -> (other == EdmType.STRING)
					? type.storedAs(other, false, Object::toString, (text) -> Long.valueOf((String) text)) : null;
			case GUID -> (other == EdmType.STRING)
					? type.storedAs(other, true, Object::toString, (text) -> UUID.fromString((String) text)) : null;
			case DATE_TIME -> ofMoment(other, type);
			case STRING -> ofNumber(other, type, javaType);
			default -> null;
		};
		if (stored == null) {
			throw new MappingException("is a " + property.getType().getName() + " and can't be stored as " + other);
		}
		return stored;
	}

	private static @Nullable ColumnType ofInteger(EdmType other, ColumnType type) {
		return switch (other) {
			case INT64 -> type.storedAs(other, true, (number) -> ((Integer) number).longValue(),
					(number) -> Math.toIntExact((Long) number));
			case DOUBLE -> type.storedAs(other, true, (number) -> ((Integer) number).doubleValue(),
					(number) -> BigDecimal.valueOf((Double) number).intValueExact());
			case STRING -> type.storedAs(other, false, Object::toString, (text) -> Integer.valueOf((String) text));
			default -> null;
		};
	}

	private static @Nullable ColumnType ofMoment(EdmType other, ColumnType type) {
		return switch (other) {
			case INT64 -> type.storedAs(other, true, (moment) -> ((Instant) moment).toEpochMilli(),
					(millis) -> Instant.ofEpochMilli((Long) millis));
			case STRING -> type.storedAs(other, false, Object::toString, (text) -> Instant.parse((String) text));
			default -> null;
		};
	}

	private static @Nullable ColumnType ofNumber(EdmType other, ColumnType type, Class<?> javaType) {
		if (javaType == BigDecimal.class && other == EdmType.DOUBLE) {
			return new ColumnType(other, true, false, (number) -> ((BigDecimal) number).doubleValue(),
					(stored) -> BigDecimal.valueOf((Double) stored));
		}
		if (javaType == java.math.BigInteger.class && other == EdmType.INT64) {
			Function<Object, Object> toLong = (number) -> ((java.math.BigInteger) number).longValueExact();
			return new ColumnType(other, true, false, toLong, (stored) -> java.math.BigInteger.valueOf((Long) stored));
		}
		return null;
	}

	private static ColumnType ofPosition(Class<?> type) {
		Object[] constants = type.getEnumConstants();
		Object unknown = unknownConstant(type);
		return new ColumnType(EdmType.INT32, true, false, (value) -> ((Enum<?>) value).ordinal(), (stored) -> {
			int position = (Integer) stored;
			if (position >= 0 && position < constants.length) {
				return constants[position];
			}
			if (unknown == null) {
				throw new IllegalArgumentException(
						position + " is no position of " + type.getSimpleName() + "'s " + Arrays.toString(constants));
			}
			return unknown;
		});
	}

}
