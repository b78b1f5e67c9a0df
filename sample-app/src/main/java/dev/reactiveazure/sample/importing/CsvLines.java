package dev.reactiveazure.sample.importing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Cuts a stream of bytes into lines, wherever the buffers end. Holds one buffer and one
 * unfinished line at most, so the stream can be of any length, and asks for the next
 * buffer when the lines of the last one are taken.
 */
final class CsvLines {

	/** Longer than any valid order: two keys of 512 characters and a total, in UTF-8. */
	static final int MAX_LINE_BYTES = 8 * 1024;

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private boolean tooLong;

	private long number;

	private CsvLines() {
	}

	/**
	 * Return the lines of a stream in UTF-8. A line ends with LF or CR LF, the last one
	 * also with the stream; a byte order mark is skipped.
	 */
	static Flux<CsvLine> of(Flux<DataBuffer> stream) {
		return Flux.defer(() -> {
			CsvLines lines = new CsvLines();
			return stream.concatMapIterable(lines::cut, 1)
				.concatWith(Mono.fromSupplier(lines::last))
				.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		});
	}

	private List<CsvLine> cut(DataBuffer buffer) {
		try {
			List<CsvLine> lines = new ArrayList<>();
			while (buffer.readableByteCount() > 0) {
				byte next = buffer.read();
				if (next == '\n') {
					lines.add(finish());
				}
				else {
					append(next);
				}
			}
			return lines;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private void append(byte next) {
		if (this.unfinished.size() < MAX_LINE_BYTES) {
			this.unfinished.write(next);
		}
		else {
			this.tooLong = true;
		}
	}

	private @Nullable CsvLine last() {
		return (this.unfinished.size() > 0) ? finish() : null;
	}

	private CsvLine finish() {
		this.number++;
		byte[] bytes = this.unfinished.toByteArray();
		boolean cut = this.tooLong;
		this.unfinished.reset();
		this.tooLong = false;
		if (cut) {
			return new CsvLine.Unreadable(this.number, "The line is longer than " + MAX_LINE_BYTES + " bytes");
		}
		try {
			// Strict: String's own decoding would put replacement characters into keys.
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return new CsvLine.Text(this.number, withoutMarks(text));
		}
		catch (CharacterCodingException ex) {
			return new CsvLine.Unreadable(this.number, "The line is not in UTF-8");
		}
	}

	private String withoutMarks(String text) {
		int start = (this.number == 1 && text.startsWith("\uFEFF")) ? 1 : 0;
		int end = text.endsWith("\r") ? text.length() - 1 : text.length();
		return text.substring(start, end);
	}

}
