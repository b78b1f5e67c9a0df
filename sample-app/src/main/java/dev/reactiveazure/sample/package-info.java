/**
 * An order desk on Azure Table storage and Event Grid.
 */
@NullMarked
package dev.reactiveazure.sample;

import org.jspecify.annotations.NullMarked;
