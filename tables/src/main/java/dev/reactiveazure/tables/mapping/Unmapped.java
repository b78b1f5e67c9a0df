package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@code Map<String, Object>} that receives all columns that no other property
 * has, so that replacing the entity keeps them. Values are of
 * {@linkplain dev.reactiveazure.tables.EdmType#javaType() the types of the service}.
 * <p>
 * Such a class is read at the cost of a name for each column.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Unmapped {

}
