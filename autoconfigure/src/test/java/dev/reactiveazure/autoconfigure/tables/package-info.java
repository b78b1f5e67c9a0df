@NullMarked
package dev.reactiveazure.autoconfigure.tables;

import org.jspecify.annotations.NullMarked;
