@NullMarked
package dev.reactiveazure.tables.template;

import org.jspecify.annotations.NullMarked;
