package dev.reactiveazure.eventgrid.listener.method;

import java.util.List;
import java.util.Map;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.StringUtils;
import org.springframework.validation.Validator;

/**
 * Finds what gives the arguments of listener methods.
 */
final class MethodArguments {

	private final PayloadConverter payloads;

	private final @Nullable Validator validator;

	MethodArguments(PayloadConverter payloads, @Nullable Validator validator) {
		this.payloads = payloads;
		this.validator = validator;
	}

	/**
	 * Find what gives the value of a parameter.
	 * @param parameter the parameter, in its bean's class
	 * @param type what to give: the parameter's type, or that of its elements
	 * @throws IllegalArgumentException if nothing does
	 */
	EventArgument of(MethodParameter parameter, ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (raw == CloudEvent.class) {
			return Delivery::event;
		}
		if (raw == Delivery.class) {
			return (delivery) -> delivery;
		}
		if (raw == EventSettlement.class) {
			return Delivery::settlement;
		}
		if (parameter.hasParameterAnnotation(Header.class)) {
			return header(parameter);
		}
		if (parameter.hasParameterAnnotation(Headers.class) || raw == MessageHeaders.class) {
			return (delivery) -> new MessageHeaders(EventHeaders.all(delivery));
		}
		if (raw == Message.class) {
			EventArgument payload = payload(parameter, type.getGeneric());
			return (delivery) -> message(payload.resolve(delivery), EventHeaders.all(delivery));
		}
		return payload(parameter, type);
	}

	/**
	 * Return whether a parameter takes the data of the event.
	 */
	static boolean isPayload(MethodParameter parameter, ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		return !List.of(CloudEvent.class, Delivery.class, EventSettlement.class, MessageHeaders.class).contains(raw)
				&& !parameter.hasParameterAnnotation(Header.class) && !parameter.hasParameterAnnotation(Headers.class);
	}

	private EventArgument payload(MethodParameter parameter, ResolvableType type) {
		PayloadValidation validation = PayloadValidation.of(parameter, this.validator);
		Payload annotation = parameter.getParameterAnnotation(Payload.class);
		boolean required = annotation == null || annotation.required();
		return (delivery) -> {
			CloudEvent event = delivery.event();
			if (!required && event.getData() == null) {
				return null;
			}
			Object payload = this.payloads.convert(event, type);
			if (validation != null) {
				validation.validate(event, payload);
			}
			return payload;
		};
	}

	private static Message<?> message(@Nullable Object payload, Map<String, Object> headers) {
		if (payload == null) {
			throw new MessageConversionException("A message must have a payload, but the event has no data");
		}
		return new GenericMessage<>(payload, headers);
	}

	private static EventArgument header(MethodParameter parameter) {
		Header annotation = parameter.getParameterAnnotation(Header.class);
		String given = (annotation != null) ? annotation.name() : "";
		String name = StringUtils.hasText(given) ? given : String.valueOf(parameter.getParameter().getName());
		String defaultValue = (annotation != null && !annotation.defaultValue().equals(ValueConstants.DEFAULT_NONE))
				? annotation.defaultValue() : null;
		boolean required = annotation != null && annotation.required() && defaultValue == null;
		TypeDescriptor target = new TypeDescriptor(parameter);
		return (delivery) -> {
			Object found = EventHeaders.find(delivery, name);
			Object value = (found != null) ? found : defaultValue;
			if (value == null && required) {
				throw new MessageConversionException("Event '" + delivery.event().getId() + "' of type '"
						+ delivery.event().getType() + "' has no attribute '" + name + "'");
			}
			return DefaultConversionService.getSharedInstance().convert(value, TypeDescriptor.forObject(value), target);
		};
	}

}
