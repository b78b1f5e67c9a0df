package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;

import org.springframework.util.Assert;

/**
 * A filter in the service's language, with Java property names and with parameters for
 * values: {@code customer eq :c and quantity gt :q}. Immutable.
 */
public final class ODataFilter implements Filter {

	private static final Pattern TOKEN = Pattern
		.compile("\\s*(?:(?<quoted>(?:datetime|guid|binary|X)?'(?:[^']|'')*')|(?<parameter>:\\w+)"
				+ "|(?<number>[+-]?\\d[\\w.]*(?:[eE][+-]\\d+)?)|(?<word>[\\p{L}_][\\p{L}\\p{Nd}_.]*)|(?<bracket>[()]))");

	private static final Set<String> OPERATORS = Set.of("eq", "ne", "gt", "ge", "lt", "le");

	private static final Map<String, String> MIRRORED = Map.of("gt", "lt", "ge", "le", "lt", "gt", "le", "ge");

	private static final Set<String> WORDS = Set.of("and", "or", "not", "true", "false");

	private final String text;

	private final List<Token> tokens;

	private final Map<String, Object> values;

	private ODataFilter(String text, List<Token> tokens, Map<String, Object> values) {
		this.text = text;
		this.tokens = tokens;
		this.values = values;
	}

	/**
	 * Parse a filter.
	 * @param text the filter: constant, never put together with values
	 * @throws IllegalArgumentException if it is malformed; the message says where
	 */
	public static ODataFilter of(String text) {
		Assert.hasText(text, "The filter must not be empty");
		return new ODataFilter(text, tokenize(text.stripTrailing()), Map.of());
	}

	private static List<Token> tokenize(String text) {
		List<Token> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		int end = 0;
		int depth = 0;
		while (end < text.length()) {
			if (!matcher.region(end, text.length()).lookingAt()) {
				throw new IllegalArgumentException(
						"The filter '" + text + "' is malformed at index " + end + ": '" + text.substring(end) + "'");
			}
			Token token = Token.of(matcher);
			depth += token.text.equals("(") ? 1 : token.text.equals(")") ? -1 : 0;
			Assert.isTrue(depth >= 0, () -> "The filter '" + text + "' closes a bracket that it did not open");
			tokens.add(token);
			end = matcher.end();
		}
		Assert.isTrue(depth == 0, () -> "The filter '" + text + "' does not close each bracket");
		return tokens;
	}

	/**
	 * Give a parameter its value.
	 * @param parameter its name, without the colon
	 * @param value a value of the property that the parameter is compared with
	 * @throws IllegalArgumentException if the filter has no such parameter
	 */
	public ODataFilter bind(String parameter, Object value) {
		Assert.notNull(value, () -> "Parameter ':" + parameter + "' can't be null: the service stores none");
		boolean known = this.tokens.stream()
			.anyMatch((token) -> token.kind == Kind.PARAMETER && token.text.equals(":" + parameter));
		Assert.isTrue(known, () -> "The filter '" + this.text + "' has no parameter ':" + parameter + "'");
		Map<String, Object> bound = new LinkedHashMap<>(this.values);
		bound.put(":" + parameter, value);
		return new ODataFilter(this.text, this.tokens, bound);
	}

	@Override
	public String render(TablePersistentEntity<?> entity) {
		StringBuilder rendered = new StringBuilder();
		for (int i = 0; i < this.tokens.size(); i++) {
			Token token = this.tokens.get(i);
			rendered.append((i > 0) ? " " : "");
			switch (token.kind) {
				case PROPERTY -> rendered.append(FilterProperty.find(entity, token.text).name());
				case PARAMETER -> rendered.append(literal(entity, i));
				case OTHER -> rendered.append(token.text);
			}
		}
		return rendered.toString();
	}

	private String literal(TablePersistentEntity<?> entity, int index) {
		String parameter = this.tokens.get(index).text;
		Object value = this.values.get(parameter);
		Assert.isTrue(value != null,
				() -> "Parameter '" + parameter + "' of the filter '" + this.text + "' has no value: bind one");
		String operator = textAt(index - 1);
		int property = index - 2;
		if (!OPERATORS.contains(operator)) {
			operator = MIRRORED.getOrDefault(textAt(index + 1), textAt(index + 1));
			property = index + 2;
		}
		boolean compared = OPERATORS.contains(operator) && property >= 0 && property < this.tokens.size()
				&& this.tokens.get(property).kind == Kind.PROPERTY;
		Assert.isTrue(compared, () -> "Parameter '" + parameter + "' of the filter '" + this.text
				+ "' must be compared with a property");
		TableColumn target = FilterProperty.find(entity, this.tokens.get(property).text);
		return Literals.of(target, operator, value);
	}

	@Override
	public KeyLimits limits(TablePersistentEntity<?> entity) {
		return new LimitsParser(entity).or();
	}

	@Override
	public int comparisons(TablePersistentEntity<?> entity) {
		return (int) this.tokens.stream().filter((token) -> OPERATORS.contains(token.text)).count();
	}

	private String textAt(int index) {
		return (index >= 0 && index < this.tokens.size()) ? this.tokens.get(index).text : "";
	}

	/**
	 * Return the filter as it was given, without the values.
	 */
	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * Goes through the filter as the service does: {@code not} before {@code and} before
	 * {@code or}. What it does not understand limits nothing.
	 */
	private final class LimitsParser {

		private final TablePersistentEntity<?> entity;

		private int at;

		LimitsParser(TablePersistentEntity<?> entity) {
			this.entity = entity;
		}

		KeyLimits or() {
			KeyLimits limits = and();
			while (accept("or")) {
				limits = limits.or(and());
			}
			return limits;
		}

		private KeyLimits and() {
			KeyLimits limits = unary();
			while (accept("and")) {
				limits = limits.and(unary());
			}
			return limits;
		}

		private KeyLimits unary() {
			if (accept("not")) {
				unary();
				return KeyLimits.NONE;
			}
			if (accept("(")) {
				KeyLimits limits = or();
				accept(")");
				return limits;
			}
			return comparison();
		}

		private KeyLimits comparison() {
			int left = this.at++;
			String operator = textAt(this.at);
			if (!OPERATORS.contains(operator)) {
				return KeyLimits.NONE;
			}
			int right = this.at + 1;
			this.at += 2;
			if (isProperty(left)) {
				return KeyLimits.of(FilterProperty.find(this.entity, textAt(left)), operator);
			}
			return isProperty(right) ? KeyLimits.of(FilterProperty.find(this.entity, textAt(right)),
					MIRRORED.getOrDefault(operator, operator)) : KeyLimits.NONE;
		}

		private boolean isProperty(int index) {
			return index < ODataFilter.this.tokens.size() && ODataFilter.this.tokens.get(index).kind == Kind.PROPERTY;
		}

		private boolean accept(String text) {
			boolean found = textAt(this.at).equals(text);
			this.at += found ? 1 : 0;
			return found;
		}

	}

	private enum Kind {

		PROPERTY, PARAMETER, OTHER

	}

	private record Token(Kind kind, String text) {

		static Token of(Matcher matcher) {
			String text = matcher.group().strip();
			if (matcher.group("parameter") != null) {
				return new Token(Kind.PARAMETER, text);
			}
			boolean property = matcher.group("word") != null && !WORDS.contains(text) && !OPERATORS.contains(text);
			return new Token(property ? Kind.PROPERTY : Kind.OTHER, text);
		}

	}

}
