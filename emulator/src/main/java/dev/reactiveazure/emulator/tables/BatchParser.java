package dev.reactiveazure.emulator.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.Headers;

/**
 * Takes a transaction's multipart body apart. Lines may end with CRLF or LF; surplus
 * blank lines are skipped. Lines are cut as Latin-1, which keeps every byte, because JSON
 * text has no raw line ends inside its strings.
 */
final class BatchParser {

	private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);

	private BatchParser() {
	}

	/**
	 * Parses a body.
	 * @param contentType the content type of the request, with the boundary
	 * @param body the body
	 * @return the parts of the first change set, or the only query
	 * @throws Refusal if it is malformed
	 */
	static Parsed parse(@Nullable String contentType, byte[] body) {
		List<String> lines = new String(body, StandardCharsets.ISO_8859_1).lines().toList();
		List<List<String>> outer = split(lines, boundary(contentType));
		if (outer.isEmpty()) {
			throw Refusal.invalidInput();
		}
		Section section = Section.of(outer.get(0));
		String type = section.headers().first("Content-Type");
		if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/mixed")) {
			List<BatchPart> parts = split(section.content(), boundary(type)).stream().map(BatchParser::part).toList();
			return new Parsed(parts, true, outer.size() - 1);
		}
		if (outer.size() > 1) {
			throw Refusal.invalidInput();
		}
		return new Parsed(List.of(part(outer.get(0))), false, 0);
	}

	private static String boundary(@Nullable String contentType) {
		Matcher matcher = BOUNDARY.matcher((contentType != null) ? contentType : "");
		if (!matcher.find()) {
			throw Refusal.invalidInput();
		}
		return matcher.group(1).trim();
	}

	private static List<List<String>> split(List<String> lines, String boundary) {
		String start = "--" + boundary;
		List<List<String>> sections = new ArrayList<>();
		for (String line : lines) {
			String stripped = line.stripTrailing();
			if (stripped.equals(start + "--")) {
				return sections;
			}
			if (stripped.equals(start)) {
				sections.add(new ArrayList<>());
			}
			else if (!sections.isEmpty()) {
				sections.get(sections.size() - 1).add(line);
			}
		}
		// The end of the body is missing.
		throw Refusal.invalidInput();
	}

	private static BatchPart part(List<String> lines) {
		Section envelope = Section.of(lines);
		List<String> http = skipBlank(envelope.content());
		if (http.isEmpty()) {
			throw Refusal.invalidInput();
		}
		String[] request = http.get(0).strip().split(" ");
		if (request.length != 3) {
			throw Refusal.invalidInput();
		}
		Section message = Section.of(http.subList(1, http.size()));
		byte[] body = String.join("\n", message.content()).strip().getBytes(StandardCharsets.ISO_8859_1);
		return new BatchPart(request[0], request[1], message.headers(), body, contentId(envelope, message));
	}

	private static @Nullable String contentId(Section envelope, Section message) {
		String outside = envelope.headers().first("Content-ID");
		return (outside != null) ? outside : message.headers().first("Content-ID");
	}

	private static List<String> skipBlank(List<String> lines) {
		int first = 0;
		while (first < lines.size() && lines.get(first).isBlank()) {
			first++;
		}
		return lines.subList(first, lines.size());
	}

	/**
	 * What a transaction's body holds.
	 *
	 * @param parts the requests of the first change set, or the only query
	 * @param changes whether they stand in a change set
	 * @param surplus how many more change sets follow, none of which is looked at
	 */
	record Parsed(List<BatchPart> parts, boolean changes, int surplus) {

	}

	/**
	 * Headers, a blank line, content.
	 */
	private record Section(Headers headers, List<String> content) {

		static Section of(List<String> lines) {
			List<Headers.Entry> headers = new ArrayList<>();
			for (int i = 0; i < lines.size(); i++) {
				String line = lines.get(i);
				if (line.isBlank()) {
					return new Section(Headers.of(headers), lines.subList(i + 1, lines.size()));
				}
				int colon = line.indexOf(':');
				if (colon < 0) {
					throw Refusal.invalidInput();
				}
				headers.add(new Headers.Entry(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
			}
			return new Section(Headers.of(headers), List.of());
		}

	}

}
