package dev.reactiveazure.benchmarks.stub;

/**
 * How much OData metadata a Tables answer carries.
 */
enum MetadataLevel {

	NONE("nometadata"), MINIMAL("minimalmetadata"), FULL("fullmetadata");

	private final String parameter;

	MetadataLevel(String parameter) {
		this.parameter = parameter;
	}

	/**
	 * The level that the request asks for. The {@code $format} query option outranks the
	 * {@code Accept} header; without either the service answers with minimal metadata.
	 */
	static MetadataLevel of(Request request) {
		String format = request.parameter("$format");
		String wanted = (format != null) ? format : request.accept();

		for (MetadataLevel level : values()) {
			if (wanted.contains(level.parameter)) {
				return level;
			}
		}
		return MINIMAL;
	}

	String contentType() {
		return "application/json;odata=" + this.parameter + ";streaming=true;charset=utf-8";
	}

}
