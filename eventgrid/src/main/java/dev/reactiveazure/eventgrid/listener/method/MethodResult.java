package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.Disposition;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What a listener method returns, whatever its form, as a decision.
 *
 * @param kind how the method ends
 * @param adapter makes a publisher of what it returns; {@code null} where that is a value
 * or a publisher
 * @param value the type of its value or values; {@code void} for none
 */
record MethodResult(Kind kind, @Nullable ReactiveAdapter adapter, ResolvableType value) {

	/** The form of a Kotlin function's result where it has none. */
	private static final String UNIT = "kotlin.Unit";

	/**
	 * How a method ends.
	 */
	enum Kind {

		/**
		 * When it returns, on the thread that called it.
		 */
		BLOCKING,

		/**
		 * With the publisher, stage or future that it returns.
		 */
		REACTIVE,

		/**
		 * When the coroutine ends.
		 */
		SUSPENDING

	}

	/**
	 * Look at a method.
	 * @param method the method
	 * @param beanType the class of its bean
	 */
	static MethodResult of(Method method, Class<?> beanType) {
		if (KotlinDetector.isSuspendingFunction(method)) {
			Type[] parameters = method.getGenericParameterTypes();
			ResolvableType continuation = ResolvableType.forType(parameters[parameters.length - 1],
					ResolvableType.forClass(beanType));
			return new MethodResult(Kind.SUSPENDING, null, continuation.getGeneric());
		}
		ResolvableType returned = ResolvableType.forMethodReturnType(method, beanType);
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		if (adapter == null) {
			return new MethodResult(Kind.BLOCKING, null, returned);
		}
		ResolvableType value = adapter.isNoValue() ? ResolvableType.forClass(void.class) : returned.getGeneric();
		return new MethodResult(Kind.REACTIVE, adapter, value);
	}

	/**
	 * Return whether there is something to return.
	 */
	boolean hasValue() {
		Class<?> type = this.value.resolve(Object.class);
		return type != void.class && type != Void.class && !type.getName().equals(UNIT);
	}

	/**
	 * Return whether the value decides what becomes of the event.
	 */
	boolean decides() {
		return Disposition.class.isAssignableFrom(this.value.resolve(Object.class));
	}

	/**
	 * Return whether the value decides what becomes of each event of a batch.
	 */
	boolean decidesEach() {
		return this.value.resolve(Object.class) == List.class
				&& this.value.as(List.class).getGeneric().resolve(Object.class) == Disposition.class;
	}

	/**
	 * Make decisions of what a method for batches returned.
	 * @param returned what it returned
	 * @return the decisions, when the method has ended; empty where it has none
	 */
	@SuppressWarnings("unchecked") // by the declared type
	Mono<List<Disposition>> decisions(@Nullable Object returned) {
		if (this.kind == Kind.BLOCKING) {
			return decidesEach() ? Mono.justOrEmpty((List<Disposition>) returned) : Mono.empty();
		}
		Publisher<?> publisher = publisher(returned);
		return decidesEach() ? Mono.from((Publisher<List<Disposition>>) publisher)
				: Mono.ignoreElements(publisher).cast((Class<List<Disposition>>) (Class<?>) List.class);
	}

	/**
	 * Make a decision of what the method returned.
	 * @param returned what it returned
	 * @return the decision, when the method has ended; empty where it has none
	 */
	@SuppressWarnings("unchecked") // by the declared type
	Mono<Disposition> decision(@Nullable Object returned) {
		if (this.kind == Kind.BLOCKING) {
			return decides() ? Mono.justOrEmpty((Disposition) returned) : Mono.empty();
		}
		Publisher<?> publisher = publisher(returned);
		if (decides()) {
			return Mono.from((Publisher<Disposition>) publisher);
		}
		if (publisher instanceof Mono<?> mono && !hasValue()) {
			return (Mono<Disposition>) mono;
		}
		return Mono.ignoreElements(publisher).cast(Disposition.class);
	}

	/**
	 * Return the values of what the method returned.
	 */
	Flux<Object> values(@Nullable Object returned) {
		if (this.kind == Kind.BLOCKING) {
			return (returned != null) ? Flux.just(returned) : Flux.empty();
		}
		return Flux.from(publisher(returned));
	}

	private Publisher<?> publisher(@Nullable Object returned) {
		if (this.adapter != null) {
			return this.adapter.toPublisher(returned);
		}
		return (returned instanceof Publisher<?> publisher) ? publisher : Mono.empty();
	}

}
