@NullMarked
package dev.reactiveazure.tables.mapping;

import org.jspecify.annotations.NullMarked;
