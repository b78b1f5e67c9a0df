package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.Annotation;
import java.util.stream.Collectors;

import dev.reactiveazure.eventgrid.listener.EventValidationException;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Validates a parameter that is annotated with {@code @Valid} or {@code @Validated}.
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
		for (Annotation annotation : parameter.getParameterAnnotations()) {
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

	void validate(CloudEvent event, Object payload) {
		Errors errors = new BeanPropertyBindingResult(payload, "payload");
		if (this.validator instanceof SmartValidator smart) {
			smart.validate(payload, errors, this.hints);
		}
		else {
			this.validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			throw new EventValidationException(
					"The data of event '" + event.getId() + "' of type '" + event.getType() + "' is not valid: "
							+ errors.getAllErrors()
								.stream()
								.map(PayloadValidation::describe)
								.sorted()
								.collect(Collectors.joining(", ")));
		}
	}

	/**
	 * Say what rule is broken where: messages may quote the value.
	 */
	private static String describe(ObjectError error) {
		String place = (error instanceof FieldError field) ? field.getField() : "it";
		return place + " breaks " + error.getCode();
	}

}
