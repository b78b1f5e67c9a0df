package dev.reactiveazure.tables.mapping;

import java.util.Date;
import java.util.List;

import org.springframework.data.convert.CustomConversions;
import org.springframework.data.convert.PropertyValueConversions;
import org.springframework.data.mapping.model.SimpleTypeHolder;

/**
 * Converters between a class's types and such that can be stored: beans of
 * {@link org.springframework.core.convert.converter.Converter} marked
 * {@link org.springframework.data.convert.WritingConverter} or
 * {@link org.springframework.data.convert.ReadingConverter}, and for single properties
 * {@link org.springframework.data.convert.ValueConverter}.
 */
public class TableCustomConversions extends CustomConversions {

	/**
	 * Create the conversions.
	 * @param converters what Spring Data takes for one
	 */
	public TableCustomConversions(List<?> converters) {
		super(new ConverterConfiguration(
				StoreConversions.of(new SimpleTypeHolder(ColumnType.simpleTypes(), true), List.of()), converters,
				(pair) -> pair.getSourceType() != Date.class && pair.getTargetType() != Date.class,
				PropertyValueConversions.simple((registrar) -> {
				})));
	}

}
