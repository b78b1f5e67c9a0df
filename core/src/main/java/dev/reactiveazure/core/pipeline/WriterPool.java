package dev.reactiveazure.core.pipeline;

/**
 * Keeps a few {@link JsonWriter}s, with their arrays, for the next body or answer.
 */
final class WriterPool {

	private static final int LARGEST_KEPT = 2 * 1024 * 1024;

	private final Spares<JsonWriter> spares = new Spares<>();

	JsonWriter take() {
		JsonWriter writer = this.spares.take();
		return (writer != null) ? writer : new JsonWriter(new ByteSink());
	}

	void give(JsonWriter writer) {
		writer.reset();
		writer.sink().reset();
		writer.sink().shrinkTo(LARGEST_KEPT);
		this.spares.give(writer);
	}

}
