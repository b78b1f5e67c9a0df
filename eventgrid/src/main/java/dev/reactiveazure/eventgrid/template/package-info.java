/**
 * Publishes objects as CloudEvents, and gives the data of CloudEvents back as objects.
 */
@NullMarked
package dev.reactiveazure.eventgrid.template;

import org.jspecify.annotations.NullMarked;
