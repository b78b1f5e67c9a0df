/**
 * Methods that handle events: {@code @EventGridListener} and the container that receives
 * for them, keeps locks alive and settles.
 */
@NullMarked
package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.NullMarked;
