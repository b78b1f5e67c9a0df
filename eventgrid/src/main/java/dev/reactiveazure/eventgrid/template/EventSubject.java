package dev.reactiveazure.eventgrid.template;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which part of an object its event is about: the component of a record, the field,
 * or the method without parameters whose value, as text, is the event's {@code subject}.
 * One a class; without a value the event has no subject.
 */
@Target({ ElementType.FIELD, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EventSubject {

}
