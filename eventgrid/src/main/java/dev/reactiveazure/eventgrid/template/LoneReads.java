package dev.reactiveazure.eventgrid.template;

import tools.jackson.core.FormatSchema;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TreeNode;
import tools.jackson.core.tree.ArrayTreeNode;
import tools.jackson.core.tree.ObjectTreeNode;
import tools.jackson.core.type.ResolvedType;
import tools.jackson.core.type.TypeReference;

/**
 * Refuses what a deserializer has its parser read as an object: that would go through
 * what Jackson remembers of the values before, and an id could become an object of
 * another event.
 */
final class LoneReads implements ObjectReadContext {

	private final ObjectReadContext jackson;

	private boolean refused;

	LoneReads(ObjectReadContext jackson) {
		this.jackson = jackson;
	}

	/**
	 * Return whether something was refused, whatever the deserializer made of it.
	 */
	boolean hasRefused() {
		return this.refused;
	}

	@Override
	public <T> T readValue(JsonParser parser, Class<T> type) {
		throw refusal();
	}

	@Override
	public <T> T readValue(JsonParser parser, TypeReference<T> type) {
		throw refusal();
	}

	@Override
	public <T> T readValue(JsonParser parser, ResolvedType type) {
		throw refusal();
	}

	private RuntimeException refusal() {
		this.refused = true;
		return new IllegalStateException("This value has to be read with a parser of its own");
	}

	@Override
	public <T extends TreeNode> T readTree(JsonParser parser) {
		return this.jackson.readTree(parser);
	}

	@Override
	public FormatSchema getSchema() {
		return this.jackson.getSchema();
	}

	@Override
	public int getStreamReadFeatures(int defaults) {
		return this.jackson.getStreamReadFeatures(defaults);
	}

	@Override
	public int getFormatReadFeatures(int defaults) {
		return this.jackson.getFormatReadFeatures(defaults);
	}

	@Override
	public TokenStreamFactory tokenStreamFactory() {
		return this.jackson.tokenStreamFactory();
	}

	@Override
	public StreamReadConstraints streamReadConstraints() {
		return this.jackson.streamReadConstraints();
	}

	@Override
	public ArrayTreeNode createArrayNode() {
		return this.jackson.createArrayNode();
	}

	@Override
	public ObjectTreeNode createObjectNode() {
		return this.jackson.createObjectNode();
	}

}
