package dev.reactiveazure.tables;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import dev.reactiveazure.core.pipeline.Answer;
import org.jspecify.annotations.Nullable;

/**
 * An element of a small XML document: its children or its text, without attributes and
 * name spaces.
 * <p>
 * Document type definitions, and so entities of one's own, are refused. A byte order
 * mark, with which the service begins, is passed over.
 */
final class XmlElement {

	private static final int MAX_DEPTH = 16;

	private final String name;

	private final List<XmlElement> children = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private XmlElement(String name) {
		this.name = name;
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		return factory;
	}

	/**
	 * Read a document.
	 * @param name the name that its root must have
	 * @throws IllegalStateException if it is no such document
	 */
	static XmlElement read(Answer answer, String name) {
		XmlElement root;
		try {
			XMLStreamReader reader = factory()
				.createXMLStreamReader(new ByteArrayInputStream(answer.bytes(), 0, answer.length()));
			root = document(reader);
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("it is not XML: " + ex.getMessage(), ex);
		}
		if (!root.name.equals(name)) {
			throw new IllegalStateException("it is a <" + root.name + "> and not a <" + name + ">");
		}
		return root;
	}

	private static XmlElement document(XMLStreamReader reader) throws XMLStreamException {
		while (reader.hasNext()) {
			int event = reader.next();
			if (event == XMLStreamConstants.DTD) {
				throw new IllegalStateException("it has a document type, which no answer of the service has");
			}
			if (event == XMLStreamConstants.START_ELEMENT) {
				XmlElement root = element(reader, 1);
				while (reader.hasNext()) {
					reader.next();
				}
				return root;
			}
		}
		throw new IllegalStateException("it has no XML element");
	}

	private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
		if (depth > MAX_DEPTH) {
			throw new IllegalStateException("its XML is nested deeper than " + MAX_DEPTH);
		}
		XmlElement element = new XmlElement(reader.getLocalName());
		int event = reader.next();
		while (event != XMLStreamConstants.END_ELEMENT) {
			if (event == XMLStreamConstants.START_ELEMENT) {
				element.children.add(element(reader, depth + 1));
			}
			else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
				element.text.append(reader.getText());
			}
			event = reader.next();
		}
		return element;
	}

	@Nullable XmlElement child(String name) {
		for (XmlElement child : this.children) {
			if (child.name.equals(name)) {
				return child;
			}
		}
		return null;
	}

	List<XmlElement> children(String name) {
		return this.children.stream().filter((child) -> child.name.equals(name)).toList();
	}

	/**
	 * Return the text of a child.
	 * @return the text without space around it; {@code null} where there is no such child
	 * or it is empty
	 */
	@Nullable String text(String name) {
		XmlElement child = child(name);
		String text = (child != null) ? child.text.toString().strip() : "";
		return text.isEmpty() ? null : text;
	}

	boolean flag(String name) {
		return "true".equalsIgnoreCase(text(name));
	}

}
