/**
 * The template: objects in, objects out, with Spring's exceptions.
 */
@NullMarked
package dev.reactiveazure.tables.template;

import org.jspecify.annotations.NullMarked;
