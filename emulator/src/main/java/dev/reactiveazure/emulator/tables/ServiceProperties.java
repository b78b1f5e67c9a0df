package dev.reactiveazure.emulator.tables;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.w3c.dom.Element;

/**
 * The settings of the service for logging, metrics and CORS. They are kept and given
 * back; only the rules for CORS have an effect, and that at once.
 */
final class ServiceProperties {

	private static final List<String> SECTIONS = List.of("Logging", "HourMetrics", "MinuteMetrics", "Cors");

	private static final int MAX_CORS_RULES = 5;

	/** 1 to 365. */
	private static final Pattern DAYS = Pattern.compile("[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-5]");

	private final Map<String, String> sections = new LinkedHashMap<>();

	private volatile List<CorsRule> corsRules = List.of();

	ServiceProperties() {
		String metrics = "<Version>1.0</Version><Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled>"
				+ "</RetentionPolicy>";
		this.sections.put("Logging",
				"<Version>1.0</Version><Read>false</Read><Write>false</Write><Delete>false</Delete>"
						+ "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>");
		this.sections.put("HourMetrics", metrics);
		this.sections.put("MinuteMetrics", metrics);
		this.sections.put("Cors", "");
	}

	List<CorsRule> corsRules() {
		return this.corsRules;
	}

	synchronized String xml() {
		StringBuilder xml = new StringBuilder("<StorageServiceProperties>");
		this.sections.forEach((name, content) -> element(xml, name, content));
		return xml.append("</StorageServiceProperties>").toString();
	}

	/**
	 * Takes over the sections that are there; others keep their value.
	 */
	synchronized void update(Element document) {
		Map<String, String> changes = new LinkedHashMap<>();
		List<CorsRule> rules = this.corsRules;
		for (Element section : ServiceHandler.children(document)) {
			String name = section.getTagName();
			if (!SECTIONS.contains(name)) {
				throw ServiceHandler.invalidXml();
			}
			if (name.equals("Cors")) {
				rules = rules(section);
			}
			changes.put(name, content(section));
		}
		this.sections.putAll(changes);
		this.corsRules = rules;
	}

	private static List<CorsRule> rules(Element section) {
		List<CorsRule> rules = ServiceHandler.children(section).stream().map(CorsRule::of).toList();
		if (rules.size() > MAX_CORS_RULES) {
			throw ServiceHandler.invalidXml();
		}
		return rules;
	}

	private static String content(Element parent) {
		List<Element> children = ServiceHandler.children(parent);
		if (children.isEmpty()) {
			return Xml.escape(value(parent));
		}
		StringBuilder xml = new StringBuilder();
		boolean logging = parent.getTagName().equals("Logging");
		for (Element child : logging ? inOrder(children) : children) {
			element(xml, child.getTagName(), content(child));
		}
		return xml.toString();
	}

	private static String value(Element leaf) {
		String value = leaf.getTextContent().trim();
		if (leaf.getTagName().equals("Days") && !DAYS.matcher(value).matches()) {
			throw ServiceHandler.invalidXml();
		}
		return value;
	}

	private static List<Element> inOrder(List<Element> logging) {
		List<String> order = List.of("Version", "Read", "Write", "Delete", "RetentionPolicy");
		return logging.stream().sorted(Comparator.comparingInt((child) -> order.indexOf(child.getTagName()))).toList();
	}

	private static void element(StringBuilder xml, String name, String content) {
		if (content.isEmpty()) {
			xml.append('<').append(name).append(" />");
			return;
		}
		xml.append('<').append(name).append('>').append(content).append("</").append(name).append('>');
	}

}
