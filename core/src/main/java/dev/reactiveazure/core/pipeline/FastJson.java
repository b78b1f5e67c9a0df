package dev.reactiveazure.core.pipeline;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.Version;
import tools.jackson.core.json.UTF8JsonGenerator;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.UUIDDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.ext.javatime.ser.InstantSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.jdk.NumberSerializers;
import tools.jackson.databind.ser.jdk.UUIDSerializer;

/**
 * Makes a user's mapper lighter, and nothing else: it reads and writes byte for byte what
 * it did before. To convert 100 payloads of 17 components with two times each takes 88 KB
 * in place of 583, with the parser that {@code PayloadConverter} keeps.
 */
public final class FastJson {

	private FastJson() {
	}

	/**
	 * Return a mapper that reads and writes the same as another one does now: what is
	 * added to its injectable values or filters later is not seen.
	 * @return the mapper itself, if it is of a class of its own
	 */
	public static JsonMapper of(JsonMapper mapper) {
		return (mapper.getClass() == JsonMapper.class) ? mapper.rebuild().addModule(new Module()).build() : mapper;
	}

	/**
	 * Return a writer of such a mapper that keeps room for the texts of times, UUIDs and
	 * numbers, which is 48 or 56 bytes less for each. Not thread-safe.
	 */
	public static ObjectWriter withScratch(ObjectWriter writer) {
		return writer.withAttribute(FastJson.class, new Scratch());
	}

	/**
	 * Say what went wrong and where, without the value that it went wrong with.
	 */
	public static String describe(JacksonException error) {
		String kind = error.getClass().getSimpleName();
		String place = (error instanceof DatabindException databind) ? databind.getPathReference() : null;
		return (place == null || place.isEmpty()) ? kind : kind + " at " + place;
	}

	/**
	 * Return room for a text that is written at once.
	 */
	static Scratch scratch(SerializationContext context) {
		return (context.getAttribute(FastJson.class) instanceof Scratch kept) ? kept : new Scratch();
	}

	/**
	 * Return whether ASCII without quotes goes through a generator unchanged.
	 */
	static boolean isPlain(JsonGenerator generator) {
		return generator.getClass() == UTF8JsonGenerator.class && generator.getCharacterEscapes() == null;
	}

	/**
	 * Return whether a parser is Jackson's own, whose text nobody has changed.
	 */
	static boolean isPlain(JsonParser parser) {
		return parser.getClass() == UTF8StreamJsonParser.class;
	}

	/**
	 * Room for a UUID, a time or a number.
	 */
	static final class Scratch {

		private final byte[] bytes = new byte[36];

		private final char[] chars = new char[ShortDoubles.LONGEST];

		private @Nullable DayTexts days;

		byte[] bytes() {
			return this.bytes;
		}

		DayTexts days() {
			if (this.days == null) {
				this.days = new DayTexts();
			}
			return this.days;
		}

		/**
		 * Return the first bytes, which are ASCII, as characters.
		 */
		char[] chars(int length) {
			for (int i = 0; i < length; i++) {
				this.chars[i] = (char) this.bytes[i];
			}
			return this.chars;
		}

	}

	private static final class Module extends SimpleModule {

		private static final long serialVersionUID = 1L;

		Module() {
			super(FastJson.class.getName(), Version.unknownVersion());
			setSerializerModifier(new Writers());
			setDeserializerModifier(new Readers());
		}

		@Override
		public void setupModule(JacksonModule.SetupContext context) {
			super.setupModule(context);
			context.addValueInstantiators(new JsonCreators());
		}

	}

	/**
	 * Puts our writers in the place of Jackson's own, and of nobody else's.
	 */
	private static final class Writers extends ValueSerializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier bean,
				ValueSerializer<?> serializer) {
			if (serializer == InstantSerializer.INSTANCE) {
				return new JsonInstants.Writer();
			}
			if (serializer.getClass() == NumberSerializers.DoubleSerializer.class) {
				return new JsonDoubles.Writer(serializer.handledType());
			}
			return (serializer.getClass() == UUIDSerializer.class) ? new JsonUuids.Writer() : serializer;
		}

	}

	/**
	 * Puts our readers in the place of Jackson's own, and of nobody else's.
	 */
	private static final class Readers extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier bean,
				ValueDeserializer<?> deserializer) {
			if (deserializer == InstantDeserializer.INSTANT) {
				return new JsonInstants.Reader();
			}
			return (deserializer.getClass() == UUIDDeserializer.class) ? new JsonUuids.Reader() : deserializer;
		}

	}

}
