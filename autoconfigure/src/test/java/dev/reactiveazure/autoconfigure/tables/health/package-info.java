@NullMarked
package dev.reactiveazure.autoconfigure.tables.health;

import org.jspecify.annotations.NullMarked;
