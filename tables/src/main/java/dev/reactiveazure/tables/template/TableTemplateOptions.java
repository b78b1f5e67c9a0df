package dev.reactiveazure.tables.template;

/**
 * Options of a {@link TableTemplate}.
 *
 * @param createTables whether a read or write of a table that does not exist creates it
 * and is then done again; default {@code false}
 */
public record TableTemplateOptions(boolean createTables) {

	private static final TableTemplateOptions DEFAULTS = new TableTemplateOptions(false);

	public static TableTemplateOptions defaults() {
		return DEFAULTS;
	}

	public TableTemplateOptions withCreateTables(boolean createTables) {
		return new TableTemplateOptions(createTables);
	}

}
