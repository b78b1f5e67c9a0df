package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.TableServiceKind;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options of a {@link TableMappingContext}.
 *
 * @param naming names what no annotation names; default
 * {@link TableNamingStrategy#AS_DECLARED}
 * @param conversions converters of the application; default none
 * @param jsonMapper writes and reads {@link Json} columns; default a mapper without
 * settings
 * @param unknownEnum what becomes of stored values that are no constant; default
 * {@link UnknownEnum#FAIL}
 * @param service the service, whose own column names are refused; default
 * {@link TableServiceKind#STORAGE}
 */
public record TableMappingOptions(TableNamingStrategy naming, TableCustomConversions conversions, JsonMapper jsonMapper,
		UnknownEnum unknownEnum, TableServiceKind service) {

	public static TableMappingOptions defaults() {
		return new TableMappingOptions(TableNamingStrategy.AS_DECLARED, new TableCustomConversions(List.of()),
				JsonMapper.shared(), UnknownEnum.FAIL, TableServiceKind.STORAGE);
	}

	public TableMappingOptions withNaming(TableNamingStrategy naming) {
		return new TableMappingOptions(naming, this.conversions, this.jsonMapper, this.unknownEnum, this.service);
	}

	public TableMappingOptions withConversions(TableCustomConversions conversions) {
		return new TableMappingOptions(this.naming, conversions, this.jsonMapper, this.unknownEnum, this.service);
	}

	public TableMappingOptions withJsonMapper(JsonMapper jsonMapper) {
		return new TableMappingOptions(this.naming, this.conversions, jsonMapper, this.unknownEnum, this.service);
	}

	public TableMappingOptions withUnknownEnum(UnknownEnum unknownEnum) {
		return new TableMappingOptions(this.naming, this.conversions, this.jsonMapper, unknownEnum, this.service);
	}

	public TableMappingOptions withService(TableServiceKind service) {
		return new TableMappingOptions(this.naming, this.conversions, this.jsonMapper, this.unknownEnum, service);
	}

}
