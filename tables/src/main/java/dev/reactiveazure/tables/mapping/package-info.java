/**
 * How classes become entities: annotations, mapping metadata and compiled codecs.
 */
@NullMarked
package dev.reactiveazure.tables.mapping;

import org.jspecify.annotations.NullMarked;
