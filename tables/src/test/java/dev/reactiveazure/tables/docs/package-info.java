@NullMarked
package dev.reactiveazure.tables.docs;

import org.jspecify.annotations.NullMarked;
