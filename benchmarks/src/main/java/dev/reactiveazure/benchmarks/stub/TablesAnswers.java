package dev.reactiveazure.benchmarks.stub;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What Table storage would answer. Not thread-safe: it belongs to the stub's one event
 * loop.
 * <p>
 * A query of the tables {@code uniformN} and {@code mixedN} finds N pages of 1,000 rows,
 * or of {@code $top} rows; of another table, one page of uniform rows. Each page holds
 * the same rows. The tables {@code fullN} and {@code bareN} hold uniform rows, too, and
 * answer with full metadata and with none, whatever a request asks for.
 */
final class TablesAnswers {

	static final int PARTS = 100;

	private static final String COMMON = """
			Cache-Control: no-cache
			Server: Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0
			x-ms-request-id: 5c0d3c1f-8002-0051-3b0d-5bfb4d000000
			x-ms-version: 2020-12-06
			X-Content-Type-Options: nosniff
			""";

	private static final String ROW = "http://127.0.0.1/devstoreaccount1/orders(PartitionKey='customer-0000',RowKey='order-00000000')";

	private static final Pattern PAGED_TABLE = Pattern.compile("(uniform|mixed|full|bare)(\\d+)");

	private static final Pattern LAST_DIGITS = Pattern.compile("(\\d+)$");

	private final Answer inserted = Answer.sized("204 No Content", COMMON + "ETag: " + Rows.ETAG + "\nLocation: " + ROW
			+ "\nDataServiceId: " + ROW + "\nPreference-Applied: return-no-content\n", "");

	private final Answer batch = Answer.chunked("202 Accepted",
			COMMON + "Content-Type: multipart/mixed; boundary=batchresponse_1\n", batchBody());

	private final Map<MetadataLevel, Answer> singles = new HashMap<>();

	private final Map<Page, Answer> pages = new HashMap<>();

	/**
	 * The answer, or {@code null} for a request that the stub does not know.
	 */
	@Nullable Reply answer(Request request) {
		String resource = request.path().substring(request.path().lastIndexOf('/') + 1);

		if (request.method().equals("POST")) {
			return Reply.of(resource.equals("$batch") ? this.batch : this.inserted);
		}
		if (!request.method().equals("GET")) {
			return null;
		}
		if (resource.contains("(PartitionKey=")) {
			return Reply.of(this.singles.computeIfAbsent(MetadataLevel.of(request), TablesAnswers::single));
		}
		return page(resource.replace("()", ""), request);
	}

	private static Answer single(MetadataLevel level) {
		return Answer.chunked("200 OK", COMMON + "Content-Type: " + level.contentType() + "\nETag: " + Rows.ETAG + "\n",
				new Rows("orders", false, level).single(0));
	}

	private Reply page(String table, Request request) {
		Matcher paged = PAGED_TABLE.matcher(table);
		String kind = paged.matches() ? paged.group(1) : "uniform";
		int lastPage = paged.matches() ? Integer.parseInt(paged.group(2)) : 1;
		int number = number(request.parameter("NextRowKey"));

		Page page = new Page(table, kind.equals("mixed"), level(kind, request), request.parameter("$top", 1000));
		Answer answer = this.pages.computeIfAbsent(page, Page::answer);
		return Reply.of(answer, (number < lastPage) ? continuation(number + 1) : "");
	}

	private static MetadataLevel level(String kind, Request request) {
		return switch (kind) {
			case "full" -> MetadataLevel.FULL;
			case "bare" -> MetadataLevel.NONE;
			default -> MetadataLevel.of(request);
		};
	}

	private static int number(@Nullable String nextRowKey) {
		if (nextRowKey == null) {
			return 1;
		}
		Matcher digits = LAST_DIGITS.matcher(nextRowKey);
		if (!digits.find()) {
			throw new IllegalArgumentException("NextRowKey '" + nextRowKey + "' is not from the stub");
		}
		return Integer.parseInt(digits.group());
	}

	private static String continuation(int page) {
		return "x-ms-continuation-NextPartitionKey: 1!8!cGFnZQ--\r\nx-ms-continuation-NextRowKey: "
				+ String.format("1!8!%08d\r\n", page);
	}

	private static String batchBody() {
		StringBuilder body = new StringBuilder("""
				--batchresponse_1
				Content-Type: multipart/mixed; boundary=changesetresponse_1

				""");
		for (int part = 0; part < PARTS; part++) {
			String row = ROW.replace("order-00000000", String.format("order-%08d", part));
			body.append("""
					--changesetresponse_1
					Content-Type: application/http
					Content-Transfer-Encoding: binary

					HTTP/1.1 204 No Content
					X-Content-Type-Options: nosniff
					Cache-Control: no-cache
					Preference-Applied: return-no-content
					DataServiceVersion: 3.0;
					""");
			body.append("Location: ").append(row).append("\nDataServiceId: ").append(row);
			body.append("\nETag: ").append(Rows.ETAG).append("\n\n\n");
		}
		body.append("--changesetresponse_1--\n--batchresponse_1--\n");
		return body.toString().replace("\n", "\r\n");
	}

	private record Page(String table, boolean mixed, MetadataLevel level, int rows) {

		Answer answer() {
			return Answer.chunked("200 OK", COMMON + "Content-Type: " + this.level.contentType() + "\n",
					new Rows(this.table, this.mixed, this.level).page(this.rows));
		}

	}

}
