package dev.reactiveazure.tables;

/**
 * The key of an entity in its table.
 *
 * @param partitionKey the partition key; may be empty
 * @param rowKey the row key, unique within the partition; may be empty
 */
public record TableKey(String partitionKey, String rowKey) {

	public static TableKey of(String partitionKey, String rowKey) {
		return new TableKey(partitionKey, rowKey);
	}

}
