package dev.reactiveazure.tables.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.tables.EntityCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.context.AbstractMappingContext;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.util.Assert;

/**
 * What is known about classes that are stored in tables, and their compiled codecs.
 * Thread-safe once built.
 * <p>
 * Classes that it is told of ({@link #setManagedTypes}, {@link #setInitialEntitySet}) are
 * compiled when it is initialised, and what is wrong with any of them is said in one
 * exception; others when they are first used.
 */
public class TableMappingContext extends AbstractMappingContext<TablePersistentEntity<?>, TablePersistentProperty> {

	private final Map<Class<?>, EntityCodec<?>> codecs = new ConcurrentHashMap<>();

	private final TableMappingOptions options;

	private final ColumnTypes columnTypes;

	/**
	 * Create a context with the default options.
	 */
	public TableMappingContext() {
		this(TableMappingOptions.defaults());
	}

	/**
	 * Create a context.
	 * @param options options
	 */
	@SuppressWarnings("this-escape")
	public TableMappingContext(TableMappingOptions options) {
		Assert.notNull(options, "options must not be null");
		this.options = options;
		this.columnTypes = new ColumnTypes(options);
		setSimpleTypeHolder(options.conversions().getSimpleTypeHolder());
	}

	/**
	 * Return the options.
	 */
	public TableMappingOptions options() {
		return this.options;
	}

	ColumnTypes columnTypes() {
		return this.columnTypes;
	}

	@Override
	public void initialize() {
		super.initialize();
		List<String> problems = new ArrayList<>();
		for (TablePersistentEntity<?> entity : List.copyOf(getPersistentEntities())) {
			if (AnnotatedElementUtils.hasAnnotation(entity.getType(), Table.class)) {
				try {
					getCodec(entity.getType());
				}
				catch (MappingException ex) {
					problems.add(String.valueOf(ex.getMessage()));
				}
			}
		}
		if (!problems.isEmpty()) {
			throw new MappingException(String.join("\n", problems));
		}
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
			codec = this.codecs.computeIfAbsent(type, this::compile);
		}
		return (EntityCodec<T>) codec;
	}

	@SuppressWarnings("unchecked")
	private <T> EntityCodec<T> compile(Class<T> type) {
		TablePersistentEntity<T> entity = (TablePersistentEntity<T>) getRequiredPersistentEntity(type);
		TypeDiscriminator discriminator = entity.discriminator();
		if (discriminator == null) {
			return codec(plan(entity, new ColumnNames(), null));
		}
		Map<String, Class<?>> types = discriminator.typesOf(type);
		if (types.isEmpty()) {
			throw new MappingException(type.getName() + " can't be stored in a table:\n  - no class that can be "
					+ "created inherits from it: seal it, or list them in @Discriminator(types)");
		}
		if (types.size() == 1 && types.containsValue(type)) {
			String value = types.keySet().iterator().next();
			return codec(plan(entity, new ColumnNames(), new TypeValue(discriminator.column(), value)));
		}
		return compile(type, discriminator.column(), types);
	}

	@SuppressWarnings("unchecked")
	private <T> EntityCodec<T> compile(Class<T> type, String column, Map<String, Class<?>> types) {
		ColumnNames names = new ColumnNames();
		Map<String, EntityPlan<? extends T>> plans = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		types.forEach((value, subtype) -> {
			try {
				TablePersistentEntity<? extends T> entity = (TablePersistentEntity<? extends T>) getRequiredPersistentEntity(
						subtype);
				plans.put(value, plan(entity, names, new TypeValue(column, value)));
			}
			catch (MappingException ex) {
				problems.add(String.valueOf(ex.getMessage()));
			}
		});
		if (!problems.isEmpty()) {
			throw new MappingException(String.join("\n", problems));
		}
		return new DiscriminatedCodec<>(type, names.all(), column, plans);
	}

	private <T> EntityPlan<T> plan(TablePersistentEntity<T> entity, ColumnNames names, @Nullable TypeValue value) {
		return new CodecCompiler<>(this, entity, names, value).compile();
	}

	private static <T> EntityCodec<T> codec(EntityPlan<T> plan) {
		UnmappedColumns unmapped = plan.unmapped();
		return (unmapped != null) ? new OpenCodec<>(plan, unmapped) : new CompiledCodec<>(plan);
	}

	@Override
	protected <T> TablePersistentEntity<T> createPersistentEntity(TypeInformation<T> information) {
		return new TablePersistentEntity<>(information, this);
	}

	@Override
	protected TablePersistentProperty createPersistentProperty(Property property, TablePersistentEntity<?> owner,
			SimpleTypeHolder simpleTypes) {
		return new TablePersistentProperty(property, owner, simpleTypes, this);
	}

}
