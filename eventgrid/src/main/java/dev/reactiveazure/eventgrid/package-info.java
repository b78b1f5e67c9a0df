/**
 * Clients for the data plane of Azure Event Grid namespaces: publish CloudEvents to
 * topics, receive them from subscriptions and settle them.
 */
@NullMarked
package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.NullMarked;
