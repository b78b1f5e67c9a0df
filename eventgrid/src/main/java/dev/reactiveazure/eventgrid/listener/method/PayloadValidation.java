package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.listener.EventValidationException;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Validates what a parameter takes that is annotated with {@code @Valid} or
 * {@code @Validated}, itself or the payload within: {@code List<@Valid Order>} or another
 * collection, {@code Message<@Valid Order>}.
 *
 * @param validator validates
 * @param hints the groups
 */
record PayloadValidation(Validator validator, Object[] hints) {

	/**
	 * Return what validates a parameter.
	 * @return the validation, {@code null} if the parameter asks for none
	 * @throws IllegalArgumentException if it asks and there is no validator
	 */
	static @Nullable PayloadValidation of(MethodParameter parameter, @Nullable Validator validator) {
		for (Annotation annotation : annotations(parameter)) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				if (validator == null) {
					throw new IllegalArgumentException("it wants its payload validated, but there is no bean of type "
							+ Validator.class.getName() + ": add spring-boot-starter-validation, or declare one");
				}
				return new PayloadValidation(validator, hints);
			}
		}
		return null;
	}

	private static List<Annotation> annotations(MethodParameter parameter) {
		List<Annotation> annotations = new ArrayList<>(List.of(parameter.getParameterAnnotations()));
		addWithin(parameter.getExecutable().getAnnotatedParameterTypes()[parameter.getParameterIndex()], annotations);
		return annotations;
	}

	private static void addWithin(AnnotatedType type, List<Annotation> annotations) {
		for (AnnotatedType held : heldBy(type)) {
			annotations.addAll(List.of(held.getAnnotations()));
			addWithin(held, annotations);
		}
	}

	private static AnnotatedType[] heldBy(AnnotatedType type) {
		if (type instanceof AnnotatedWildcardType wildcard) {
			return wildcard.getAnnotatedUpperBounds();
		}
		if (type instanceof AnnotatedParameterizedType generic
				&& generic.getType() instanceof ParameterizedType declared && isHolder(declared.getRawType())) {
			return generic.getAnnotatedActualTypeArguments();
		}
		return new AnnotatedType[0];
	}

	/**
	 * Return whether a type may stand around a payload, as the list of a batch or of one
	 * event does.
	 */
	private static boolean isHolder(Type type) {
		return type == Message.class || (type instanceof Class<?> raw && Collection.class.isAssignableFrom(raw));
	}

	void validate(CloudEvent event, Object payload) {
		List<String> broken = values(payload).filter(Objects::nonNull)
			.flatMap(this::brokenRules)
			.sorted()
			.distinct()
			.toList();
		if (!broken.isEmpty()) {
			throw new EventValidationException("The data of event '" + event.getId() + "' of type '" + event.getType()
					+ "' is not valid: " + String.join(", ", broken));
		}
	}

	/**
	 * Return what may break rules: the elements of a collection, and itself too where it
	 * is of a class that can have rules of its own.
	 */
	private Stream<?> values(Object payload) {
		if (!(payload instanceof Collection<?> several)) {
			return Stream.of(payload);
		}
		boolean hasRules = !payload.getClass().getName().startsWith("java.")
				&& this.validator.supports(payload.getClass());
		return hasRules ? Stream.concat(Stream.of(payload), several.stream()) : several.stream();
	}

	private Stream<String> brokenRules(Object value) {
		Errors errors = new BeanPropertyBindingResult(value, "payload");
		if (this.validator instanceof SmartValidator smart) {
			smart.validate(value, errors, this.hints);
		}
		else {
			this.validator.validate(value, errors);
		}
		return errors.getAllErrors().stream().map(PayloadValidation::describe);
	}

	/**
	 * Say what rule is broken where: messages may quote the value.
	 */
	private static String describe(ObjectError error) {
		String place = (error instanceof FieldError field) ? field.getField() : "it";
		return place + " breaks " + error.getCode();
	}

}
