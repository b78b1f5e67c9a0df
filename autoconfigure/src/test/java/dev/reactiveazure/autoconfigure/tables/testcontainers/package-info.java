@NullMarked
package dev.reactiveazure.autoconfigure.tables.testcontainers;

import org.jspecify.annotations.NullMarked;
