package dev.reactiveazure.eventgrid;

import tools.jackson.core.FormatSchema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TreeNode;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.tree.ArrayTreeNode;
import tools.jackson.core.tree.ObjectTreeNode;

/**
 * Refuses what a serializer has its generator write as an object: that would go through
 * what Jackson remembers of the values before, and an object known from another event
 * would become a bare id.
 */
final class LoneWrites implements ObjectWriteContext {

	private final ObjectWriteContext jackson;

	private boolean refused;

	LoneWrites(ObjectWriteContext jackson) {
		this.jackson = jackson;
	}

	/**
	 * Return whether something was refused, whatever the serializer made of it.
	 */
	boolean hasRefused() {
		return this.refused;
	}

	@Override
	public void writeValue(JsonGenerator generator, Object value) {
		throw refusal();
	}

	@Override
	public void writeTree(JsonGenerator generator, TreeNode value) {
		throw refusal();
	}

	private RuntimeException refusal() {
		this.refused = true;
		return new IllegalStateException("This value has to be written with a generator of its own");
	}

	@Override
	public FormatSchema getSchema() {
		return this.jackson.getSchema();
	}

	@Override
	public CharacterEscapes getCharacterEscapes() {
		return this.jackson.getCharacterEscapes();
	}

	@Override
	public PrettyPrinter getPrettyPrinter() {
		return this.jackson.getPrettyPrinter();
	}

	@Override
	public boolean hasPrettyPrinter() {
		return this.jackson.hasPrettyPrinter();
	}

	@Override
	public SerializableString getRootValueSeparator(SerializableString defaultSeparator) {
		return this.jackson.getRootValueSeparator(defaultSeparator);
	}

	@Override
	public int getStreamWriteFeatures(int defaults) {
		return this.jackson.getStreamWriteFeatures(defaults);
	}

	@Override
	public int getFormatWriteFeatures(int defaults) {
		return this.jackson.getFormatWriteFeatures(defaults);
	}

	@Override
	public TokenStreamFactory tokenStreamFactory() {
		return this.jackson.tokenStreamFactory();
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
