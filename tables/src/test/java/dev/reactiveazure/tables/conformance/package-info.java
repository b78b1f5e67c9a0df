@NullMarked
package dev.reactiveazure.tables.conformance;

import org.jspecify.annotations.NullMarked;
