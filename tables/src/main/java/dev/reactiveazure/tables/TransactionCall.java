package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.PercentEncoding;
import dev.reactiveazure.core.pipeline.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * One submission of a transaction: its body, written straight into the request's bytes,
 * and the reader of its answer. Belongs to one subscriber, whose signals are serial.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions">Performing
 * entity group transactions</a>
 */
final class TransactionCall implements RequestBody, AnswerReader<TransactionResult> {

	private static final byte[] HTTP_VERSION = ascii(" HTTP/1.1\r\n");

	private static final byte[] IF_MATCH = ascii("If-Match: ");

	private static final byte[] LINE_END = ascii("\r\n");

	private final BatchFormat format;

	private final EntityAddress address;

	private final int maxSize;

	private final List<Change<?>> changes;

	private boolean refusedInside;

	TransactionCall(BatchFormat format, EntityAddress address, int maxSize, List<Change<?>> changes) {
		this.format = format;
		this.address = address;
		this.maxSize = maxSize;
		this.changes = changes;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	List<Change<?>> changes() {
		return this.changes;
	}

	/**
	 * Return whether the latest refusal was one of an operation, not of the whole.
	 */
	boolean isRefusedInside() {
		return this.refusedInside;
	}

	@Override
	public CharSequence contentType() {
		return this.format.contentType();
	}

	@Override
	public void write(JsonWriter out) {
		ByteSink sink = out.sink();
		String collection = this.format.address() + this.address.collection();
		String entity = this.format.address() + this.address.partition(this.changes.get(0).key().partitionKey());
		sink.write(this.format.start());
		for (int i = 0; i < this.changes.size(); i++) {
			Change<?> change = this.changes.get(i);
			sink.write(this.format.part());
			sink.ascii(change.kind().method());
			if (change.kind() == ChangeKind.INSERT) {
				sink.ascii(collection);
			}
			else {
				sink.ascii(entity);
				sink.ascii(encoded(change.key().rowKey()));
				sink.ascii("')");
			}
			sink.write(HTTP_VERSION);
			sink.write(change.kind().headers());
			writeCondition(change, sink);
			sink.write(LINE_END);
			writeEntity(change, i, out);
			sink.write(LINE_END);
			checkSize(change, i, sink);
		}
		sink.write(this.format.end());
	}

	private static String encoded(String key) {
		return PercentEncoding.encode((key.indexOf('\'') < 0) ? key : key.replace("'", "''"));
	}

	private static void writeCondition(Change<?> change, ByteSink sink) {
		if (change.condition() != null) {
			sink.write(IF_MATCH);
			sink.ascii(change.condition().headerValue());
			sink.write(LINE_END);
		}
	}

	private static void writeEntity(Change<?> change, int index, JsonWriter out) {
		if (change.body() == null) {
			return;
		}
		out.reset();
		try {
			change.body().write(out);
		}
		catch (InvalidEntityException ex) {
			throw new InvalidTransactionException(ex.property(), index,
					"In " + change.describe(index) + ": " + ex.getMessage());
		}
	}

	private void checkSize(Change<?> change, int index, ByteSink sink) {
		if (sink.length() + this.format.end().length > this.maxSize) {
			throw new InvalidTransactionException("transaction", index,
					"With " + change.describe(index) + " the transaction is larger than " + this.maxSize / 1024 / 1024
							+ " MiB, the most that the service takes: submit fewer operations at once");
		}
	}

	@Override
	public @Nullable Answer refusal(Answer answer) {
		this.refusedInside = false;
		if (!answer.isSuccess()) {
			return answer;
		}
		// Where an operation was refused, its answer is the only part.
		BatchAnswer parts = new BatchAnswer(answer);
		if (parts.next() && parts.status() >= 300) {
			this.refusedInside = true;
			return parts.asAnswer();
		}
		return null;
	}

	@Override
	public TransactionResult read(Answer answer) {
		BatchAnswer parts = new BatchAnswer(answer);
		int count = this.changes.size();
		@Nullable Object[] entities = new @Nullable Object[count];
		@Nullable ETag[] etags = new @Nullable ETag[count];
		int index = 0;
		while (parts.next()) {
			if (index == count) {
				throw new IllegalStateException("it has results for more than its " + count + " operations");
			}
			if (parts.status() < 200 || parts.status() >= 300) {
				throw new IllegalStateException(
						"result " + index + " has status " + parts.status() + " though others succeeded");
			}
			accept(this.changes.get(index), index, parts.etag(), entities, etags);
			index++;
		}
		if (index < count) {
			throw new IllegalStateException("it has " + index + " results for " + count + " operations");
		}
		return new TransactionResult(entities, etags);
	}

	private static <T> void accept(Change<T> change, int index, @Nullable ETag etag, @Nullable Object[] entities,
			@Nullable ETag[] etags) {
		EntityBody<T> body = change.body();
		if (body == null) {
			return;
		}
		if (etag == null) {
			throw new IllegalStateException("result " + index + " has no ETag");
		}
		etags[index] = etag;
		entities[index] = body.format().codec().withETag(body.entity(), etag);
	}

	@Override
	public String toString() {
		return "TransactionCall[" + this.changes.size() + " operations]";
	}

}
