package dev.reactiveazure.tables;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Types that a row has told for properties that did not come yet. One at most where the
 * service tells a type right before the value, as it does but does not promise.
 */
final class TypeAnnotations {

	static final String SUFFIX = "@odata.type";

	// As they come, for a name without the suffix would be a new string: 56 B each.
	private String[] annotations = new String[4];

	private EdmType[] types = new EdmType[4];

	private int size;

	static boolean isAnnotation(String name) {
		return name.endsWith(SUFFIX);
	}

	/**
	 * Return the name of the property that an annotation is about.
	 */
	static String property(String annotation) {
		return annotation.substring(0, annotation.length() - SUFFIX.length());
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	void clear() {
		this.size = 0;
	}

	void add(String annotation, EdmType type) {
		if (this.size == this.annotations.length) {
			this.annotations = Arrays.copyOf(this.annotations, this.size * 2);
			this.types = Arrays.copyOf(this.types, this.size * 2);
		}
		this.annotations[this.size] = annotation;
		this.types[this.size++] = type;
	}

	/**
	 * Return a property's type and forget it.
	 * @return the type; {@code null} when none was told
	 */
	@Nullable EdmType take(String property) {
		for (int i = 0; i < this.size; i++) {
			if (isAbout(this.annotations[i], property)) {
				EdmType type = this.types[i];
				this.size--;
				this.annotations[i] = this.annotations[this.size];
				this.types[i] = this.types[this.size];
				return type;
			}
		}
		return null;
	}

	private static boolean isAbout(String annotation, String property) {
		return annotation.length() == property.length() + SUFFIX.length() && annotation.startsWith(property);
	}

}
