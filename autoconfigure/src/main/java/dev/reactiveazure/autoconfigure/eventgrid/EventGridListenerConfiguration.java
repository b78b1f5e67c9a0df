package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.List;
import java.util.stream.Stream;

import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.listener.method.EventGridListenerAnnotationBeanPostProcessor;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.EventProcessObservationConvention;
import dev.reactiveazure.eventgrid.listener.EventUpcaster;
import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.EventRecoverer;
import dev.reactiveazure.eventgrid.listener.ListenerMetrics;
import dev.reactiveazure.eventgrid.listener.MicrometerListenerMetrics;
import dev.reactiveazure.eventgrid.listener.HandlerExecutorFactory;
import dev.reactiveazure.eventgrid.listener.ListenerErrorHandler;
import dev.reactiveazure.eventgrid.listener.SettlementListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * What {@code @EventGridListener} methods need.
 */
@Configuration(proxyBeanMethods = false)
class EventGridListenerConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	EventGridListenerContainerFactory eventGridListenerContainerFactory(EventGridProperties properties,
			EventGridConnections connections, Environment environment,
			ObjectProvider<ListenerErrorHandler> errorHandler, ObjectProvider<ErrorClassifier> errorClassifier,
			ObjectProvider<EventRecoverer> recoverer, ObjectProvider<ListenerMetrics> metrics,
			ApplicationEventPublisher eventPublisher, ObjectProvider<SettlementListener> settlementListener,
			ObjectProvider<HandlerExecutorFactory> executors, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<EventProcessObservationConvention> observationConvention,
			ObjectProvider<EventInterceptor> interceptors, ObjectProvider<EventUpcaster> upcasters,
			ObjectProvider<EventGridListenerContainerFactoryCustomizer> customizers) {
		EventGridListenerContainerFactory.Builder builder = EventGridListenerContainerFactory
			.builder(connections::namespace)
			.options(ListenerOptionsMapper.containerOptions(properties.getListener()))
			.executors(executors.getIfUnique(() -> executors(environment)))
			.errorHandler(errorHandler.getIfUnique())
			.interceptors(interceptors(interceptors, upcasters))
			.recoverer(recoverer.getIfUnique())
			.eventPublisher(eventPublisher)
			.rateLimits(connections::rateLimit)
			.observationRegistry(observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP));
		errorClassifier.ifUnique(builder::errorClassifier);
		metrics.ifUnique(builder::metrics);
		settlementListener.ifUnique(builder::settlementListener);
		observationConvention.ifUnique(builder::observationConvention);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private static List<EventInterceptor> interceptors(ObjectProvider<EventInterceptor> interceptors,
			ObjectProvider<EventUpcaster> upcasters) {
		List<EventUpcaster> ordered = upcasters.orderedStream().toList();
		Stream<EventInterceptor> upcasting = ordered.isEmpty() ? Stream.empty()
				: Stream.of(EventUpcaster.interceptor(ordered));
		return Stream.concat(interceptors.orderedStream(), upcasting).toList();
	}

	private static HandlerExecutorFactory executors(Environment environment) {
		return Threading.VIRTUAL.isActive(environment) ? HandlerExecutorFactory.virtualThreads()
				: HandlerExecutorFactory.platformThreads();
	}

	@Bean
	@ConditionalOnMissingBean
	EventGridListenerRegistry eventGridListenerRegistry() {
		return new EventGridListenerRegistry();
	}

	@Bean
	@ConditionalOnMissingBean
	static EventGridListenerAnnotationBeanPostProcessor eventGridListenerAnnotationBeanPostProcessor() {
		return new EventGridListenerAnnotationBeanPostProcessor();
	}

	@Bean
	static ListenerLaziness eventGridListenerLaziness() {
		return new ListenerLaziness();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ListenerMetrics eventGridListenerMetrics(ObjectProvider<MeterRegistry> registry) {
			MeterRegistry unique = registry.getIfUnique();
			return (unique != null) ? new MicrometerListenerMetrics(unique) : ListenerMetrics.none();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AzureEmulator.class)
	@ConditionalOnBean(EmbeddedEmulator.class)
	static class EmulatedConfiguration {

		@Bean
		EmulatedSubscriptions emulatedSubscriptions(EmbeddedEmulator emulator,
				ObjectProvider<EventGridListenerRegistry> registry) {
			return new EmulatedSubscriptions(emulator, registry);
		}

	}

}
