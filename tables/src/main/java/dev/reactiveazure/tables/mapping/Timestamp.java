package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the property that receives when the service stored the entity: an
 * {@link java.time.Instant} or {@link java.time.OffsetDateTime}. Read only; {@code null}
 * on what was written and not read.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Timestamp {

}
