package dev.reactiveazure.eventgrid.listener;

/**
 * What all runs of a container's handler share.
 *
 * @param listenerId the listener's id
 * @param adapter calls the handler
 * @param errorHandler decides about events that could not be handled
 * @param fallback decides where the error handler does not
 * @param settlements carries decisions out
 * @param observations observes runs
 */
record HandlerSetting(String listenerId, HandlerAdapter adapter, ListenerErrorHandler errorHandler,
		ReleaseLadder fallback, Settlements settlements, ProcessObservations observations) {

}
