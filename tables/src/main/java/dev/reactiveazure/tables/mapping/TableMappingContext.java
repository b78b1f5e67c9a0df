package dev.reactiveazure.tables.mapping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.tables.EntityCodec;

import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.context.AbstractMappingContext;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;

/**
 * What is known about classes that are stored in tables, and their compiled codecs.
 * Thread-safe once built.
 */
public class TableMappingContext extends AbstractMappingContext<TablePersistentEntity<?>, TablePersistentProperty> {

	private final Map<Class<?>, EntityCodec<?>> codecs = new ConcurrentHashMap<>();

	@SuppressWarnings("this-escape")
	public TableMappingContext() {
		setSimpleTypeHolder(new SimpleTypeHolder(ColumnType.simpleTypes(), true));
	}

	/**
	 * Return the codec of a class, compiled with the first call.
	 * @throws MappingException if the class can't be stored; the message lists everything
	 * that is wrong with it
	 */
	@SuppressWarnings("unchecked")
	public <T> EntityCodec<T> getCodec(Class<T> type) {
		EntityCodec<?> codec = this.codecs.get(type);
		if (codec == null) {
			codec = this.codecs.computeIfAbsent(type,
					(key) -> new CodecCompiler<>(getRequiredPersistentEntity(key)).compile());
		}
		return (EntityCodec<T>) codec;
	}

	@Override
	protected <T> TablePersistentEntity<T> createPersistentEntity(TypeInformation<T> information) {
		return new TablePersistentEntity<>(information);
	}

	@Override
	protected TablePersistentProperty createPersistentProperty(Property property, TablePersistentEntity<?> owner,
			SimpleTypeHolder simpleTypes) {
		return new TablePersistentProperty(property, owner, simpleTypes);
	}

}
