package dev.reactiveazure.autoconfigure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the template.
 */
public class EventGridTemplateProperties {

	/**
	 * Source of published events, a URI reference such as '/shop'. Falls back to a slash
	 * and spring.application.name, then to '/application'.
	 */
	private @Nullable String source;

	public @Nullable String getSource() {
		return this.source;
	}

	public void setSource(@Nullable String source) {
		this.source = source;
	}

}
