package dev.reactiveazure.emulator.tables;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.tables.FilterLexer.Kind;
import dev.reactiveazure.emulator.tables.FilterLexer.Token;

/**
 * Parses a filter: {@code not} binds stronger than {@code and}, {@code and} stronger than
 * {@code or}.
 */
final class FilterParser {

	private static final Filter EVERYTHING = new Filter.Constant(true);

	private static final Set<String> RESERVED = Set.of("and", "or", "not", "eq", "ne", "gt", "ge", "lt", "le");

	private static final int MAX_COMPARISONS = 15;

	private static final int MAX_DEPTH = 100;

	private static final int MAX_TERMS = 500;

	private final FilterLexer lexer;

	private Token token;

	private int comparisons;

	private int terms;

	private int depth;

	private FilterParser(String text) {
		this.lexer = new FilterLexer(text);
		this.token = this.lexer.next();
	}

	/**
	 * Parses the value of {@code $filter}; absent and blank mean everything.
	 */
	static Filter parse(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return EVERYTHING;
		}
		FilterParser parser = new FilterParser(text);
		Filter filter = parser.or();
		if (parser.token.kind() != Kind.END) {
			throw parser.lexer.syntaxError();
		}
		return filter;
	}

	private Filter or() {
		Filter left = and();
		while (this.token.is("or")) {
			advance();
			left = new Filter.Or(left, and());
		}
		return left;
	}

	private Filter and() {
		Filter left = unary();
		while (this.token.is("and")) {
			advance();
			left = new Filter.And(left, unary());
		}
		return left;
	}

	private Filter unary() {
		if (++this.depth > MAX_DEPTH || ++this.terms > MAX_TERMS) {
			throw Refusal.invalidInput();
		}
		Filter result;
		if (this.token.is("not")) {
			advance();
			result = new Filter.Not(unary());
		}
		else if (this.token.kind() == Kind.OPEN) {
			result = group();
		}
		else {
			result = comparison();
		}
		this.depth--;
		return result;
	}

	private Filter group() {
		advance();
		Filter inner = or();
		if (this.token.kind() != Kind.CLOSE) {
			throw this.lexer.syntaxError();
		}
		advance();
		return inner;
	}

	private Filter comparison() {
		Token left = operand();
		Operator operator = (this.token.kind() == Kind.NAME) ? Operator.named(this.token.name()) : null;
		if (operator == null) {
			return alone(left);
		}
		advance();
		Token right = operand();
		if (++this.comparisons > MAX_COMPARISONS) {
			throw Refusal.invalidInput();
		}
		EdmValue rightLiteral = right.literal();
		if (left.kind() == Kind.NAME && rightLiteral != null) {
			return new Filter.Comparison(left.name(), operator, rightLiteral);
		}
		EdmValue leftLiteral = left.literal();
		if (right.kind() == Kind.NAME && leftLiteral != null) {
			return new Filter.Comparison(right.name(), operator.mirrored(), leftLiteral);
		}
		// Two properties or two constants can't be compared.
		throw Refusal.invalidInput();
	}

	private Token operand() {
		Token operand = this.token;
		if ((operand.kind() != Kind.NAME && operand.kind() != Kind.LITERAL) || RESERVED.contains(operand.name())) {
			throw this.lexer.syntaxError();
		}
		if (operand.is("null")) {
			throw Refusal.invalidInput();
		}
		advance();
		if (operand.kind() == Kind.NAME && this.token.kind() == Kind.OPEN) {
			// There are no functions.
			throw Refusal.invalidInput();
		}
		return operand;
	}

	private Filter alone(Token operand) {
		EdmValue literal = operand.literal();
		if (literal == null) {
			return new Filter.Flag(operand.name());
		}
		if (literal.type() != EdmType.BOOLEAN) {
			throw this.lexer.syntaxError();
		}
		return new Filter.Constant((Boolean) literal.value());
	}

	private void advance() {
		this.token = this.lexer.next();
	}

}
