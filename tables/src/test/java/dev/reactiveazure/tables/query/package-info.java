@NullMarked
package dev.reactiveazure.tables.query;

import org.jspecify.annotations.NullMarked;
