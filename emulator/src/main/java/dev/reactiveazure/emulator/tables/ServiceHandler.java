package dev.reactiveazure.emulator.tables;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorResponse;

/**
 * The operations that speak XML: stored access policies, service properties, statistics.
 */
final class ServiceHandler {

	private static final String XML_START = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

	private static final int MAX_POLICIES = 5;

	private static final int MAX_ID_CHARACTERS = 64;

	private static final DateTimeFormatter SYNC_TIME = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private final TableStore store;

	private final EmulatorClock clock;

	private final ServiceProperties properties;

	ServiceHandler(TableStore store, ServiceProperties properties, EmulatorClock clock) {
		this.store = store;
		this.properties = properties;
		this.clock = clock;
	}

	EmulatorResponse accessPolicies(Call call, String table) {
		call.grant().check(Right.ACCESS_POLICIES, table);
		return switch (call.verb()) {
			case "GET" -> xml(policies(this.store.get(table).policies()));
			case "PUT" -> setPolicies(this.store.get(table), call.body());
			default -> throw Refusal.methodNotAllowed();
		};
	}

	EmulatorResponse onService(Call call) {
		String what = call.verb() + " " + call.comp();
		return switch (what) {
			case "GET properties" -> {
				call.grant().check(Right.READ_SERVICE, "");
				yield xml(this.properties.xml());
			}
			case "PUT properties" -> {
				call.grant().check(Right.WRITE_SERVICE, "");
				this.properties.update(document(call.body(), "StorageServiceProperties"));
				yield EmulatorResponse.status(202);
			}
			case "GET stats" -> statistics(call);
			default -> throw Refusal.invalidInput();
		};
	}

	private EmulatorResponse statistics(Call call) {
		call.grant().check(Right.READ_SERVICE, "");
		if (!call.location().secondary()) {
			throw new Refusal(400, "InvalidQueryParameterValue",
					"Value for one of the query parameters specified in the request URI is invalid.");
		}
		return xml("<StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>"
				+ SYNC_TIME.format(this.clock.now()) + "</LastSyncTime></GeoReplication></StorageServiceStats>");
	}

	private EmulatorResponse setPolicies(Table table, byte[] body) {
		List<AccessPolicy> policies = new ArrayList<>();
		Set<String> ids = new TreeSet<>();
		for (Element identifier : (body.length > 0) ? children(document(body, "SignedIdentifiers"))
				: List.<Element>of()) {
			AccessPolicy policy = policy(identifier);
			if (!ids.add(policy.id())) {
				throw invalidXml();
			}
			policies.add(policy);
		}
		if (policies.size() > MAX_POLICIES) {
			throw invalidXml();
		}
		table.policies(policies);
		return EmulatorResponse.status(204);
	}

	private static AccessPolicy policy(Element identifier) {
		if (!identifier.getTagName().equals("SignedIdentifier")) {
			throw invalidXml();
		}
		String id = text(identifier, "Id");
		String permission = text(identifier, "Permission");
		if (id == null || id.isEmpty() || id.length() > MAX_ID_CHARACTERS) {
			throw invalidXml();
		}
		if (permission != null && !permission.matches("[raud]*")) {
			throw invalidXml();
		}
		return new AccessPolicy(id, time(text(identifier, "Start")), time(text(identifier, "Expiry")), permission);
	}

	private static @Nullable String time(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			return Ticks.formatLong(EdmText.instant(text));
		}
		catch (DateTimeException ex) {
			throw invalidXml();
		}
	}

	private static String policies(List<AccessPolicy> policies) {
		if (policies.isEmpty()) {
			return "<SignedIdentifiers />";
		}
		StringBuilder xml = new StringBuilder("<SignedIdentifiers>");
		for (AccessPolicy policy : policies) {
			xml.append("<SignedIdentifier><Id>").append(Xml.escape(policy.id())).append("</Id><AccessPolicy>");
			append(xml, "Start", policy.start());
			append(xml, "Expiry", policy.expiry());
			append(xml, "Permission", policy.permission());
			xml.append("</AccessPolicy></SignedIdentifier>");
		}
		return xml.append("</SignedIdentifiers>").toString();
	}

	private static void append(StringBuilder xml, String name, @Nullable String value) {
		if (value != null) {
			xml.append('<').append(name).append('>').append(Xml.escape(value)).append("</").append(name).append('>');
		}
	}

	private static EmulatorResponse xml(String content) {
		return EmulatorResponse.status(200)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("Content-Type", Answers.XML)
			.withBody((XML_START + content).getBytes(StandardCharsets.UTF_8));
	}

	private static Element document(byte[] body, String name) {
		Element root = document(body);
		if (!root.getTagName().equals(name)) {
			throw invalidXml();
		}
		return root;
	}

	private static Element document(byte[] body) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			DocumentBuilder builder = factory.newDocumentBuilder();
			// Without a handler of ours the JDK prints to the standard error.
			builder.setErrorHandler(null);
			return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
		}
		catch (Exception ex) {
			throw invalidXml();
		}
	}

	static List<Element> children(Element parent) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element) {
				children.add(element);
			}
		}
		return children;
	}

	static @Nullable String text(Element parent, String name) {
		NodeList found = parent.getElementsByTagName(name);
		return (found.getLength() > 0) ? found.item(0).getTextContent().trim() : null;
	}

	static Refusal invalidXml() {
		return new Refusal(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
	}

}
