package dev.reactiveazure.core.pipeline;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.ext.javatime.ser.InstantSerializer;

/**
 * Reads and writes {@link Instant}s without {@link DateTimeFormatter}, which was half of
 * the CPU and of the memory of an event's data.
 * <p>
 * Stands in for Jackson's own two classes only, and only for what they do without any
 * configuration; a format of a property, another module's serializer and every odd text
 * are left to whom they are left to otherwise. Compared with Jackson on random input in
 * {@code FastJsonTests}.
 */
final class JsonInstants {

	private JsonInstants() {
	}

	/**
	 * Takes nothing for a time where the formatter takes 500 bytes and more.
	 */
	static final class Writer extends InstantSerializer {

		private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

		private static final long YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

		@Override
		public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
			JsonFormat.Value format = findFormatOverrides(context, property, handledType());
			return (format == null || isPlain(format)) ? this : super.createContextual(context, property);
		}

		/**
		 * Return whether a property says nothing about its format: what all of them have
		 * would do away with this serializer.
		 */
		private static boolean isPlain(JsonFormat.Value format) {
			return format.getShape() == JsonFormat.Shape.ANY && !format.hasPattern()
					&& format.getFeature(JsonFormat.Feature.WRITE_DATES_WITH_ZONE_ID) == null
					&& format.getFeature(JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS) == null;
		}

		@Override
		public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
			if (!isPlain(value) || !FastJson.isPlain(generator) || useTimestamp(context)
					|| context.isEnabled(DateTimeFeature.TRUNCATE_TO_MSECS_ON_WRITE)) {
				super.serialize(value, generator, context);
				return;
			}
			FastJson.Scratch scratch = FastJson.scratch(context);
			byte[] text = scratch.bytes();
			generator.writeRawUTF8String(text, 0, Timestamps.writeIso(text, scratch.days(), value));
		}

		private static boolean isPlain(Instant value) {
			return value.getEpochSecond() >= YEAR_0 && value.getEpochSecond() < YEAR_10000;
		}

	}

	/**
	 * Takes 24 bytes for a time where the formatter takes 1,500 and more.
	 */
	static final class Reader extends InstantDeserializer<Instant> {

		Reader() {
			super(InstantDeserializer.INSTANT, DateTimeFormatter.ISO_INSTANT);
		}

		@Override
		public Instant deserialize(JsonParser parser, DeserializationContext context) {
			if (FastJson.isPlain(parser) && parser.currentToken() == JsonToken.VALUE_STRING
					&& !context.isEnabled(DateTimeFeature.TRUNCATE_TO_MSECS_ON_READ)) {
				Instant value = Timestamps.parsePlain(parser.getStringCharacters(), parser.getStringOffset(),
						parser.getStringLength());
				if (value != null) {
					return value;
				}
			}
			return super.deserialize(parser, context);
		}

	}

}
