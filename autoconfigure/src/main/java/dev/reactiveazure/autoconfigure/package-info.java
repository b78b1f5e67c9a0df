/**
 * What the auto-configurations of the services share: HTTP and retry properties, the
 * transport built as the application says for its HTTP clients, and start-up failures
 * that name the property and the remedy.
 */
@NullMarked
package dev.reactiveazure.autoconfigure;

import org.jspecify.annotations.NullMarked;
