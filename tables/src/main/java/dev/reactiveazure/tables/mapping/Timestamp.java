package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the property that receives when the service stored the entity: an
 * {@link java.time.Instant} or {@link java.time.OffsetDateTime}. Never written.
 * <p>
 * The service does not say it when it stores an entity: what a write returns has the
 * value that it was given, which is the time of the version that was read before, or
 * {@code null} after an insert. Read the entity for the new one.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Timestamp {

}
