/**
 * A server that answers as Azure Table storage and Azure Event Grid do, with answers
 * prepared in advance. It runs in a process of its own and shares no code with any
 * client, so that its cost stays outside every measurement and its answers favour nobody.
 */
@NullMarked
package dev.reactiveazure.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
