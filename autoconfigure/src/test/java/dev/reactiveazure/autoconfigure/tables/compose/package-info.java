@NullMarked
package dev.reactiveazure.autoconfigure.tables.compose;

import org.jspecify.annotations.NullMarked;
