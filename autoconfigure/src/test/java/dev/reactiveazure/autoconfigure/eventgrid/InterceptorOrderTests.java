package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.HandlingOutcome;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interceptors that are beans see an event in the order that they have.
 */
class InterceptorOrderTests {

	@Test
	void isThatOfTheBeansAndTurnedRoundAfterTheHandler() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, EventGridAutoConfiguration.class))
			.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", "azure.emulator.enabled=true")
			.withUserConfiguration(Interceptors.class)
			.run((context) -> {
				context.getBean(EventGridTemplate.class)
					.publish("orders", new OrderPlaced("1"))
					.block(Duration.ofSeconds(20));

				Seen seen = context.getBean(Seen.class);
				assertThat(List.of(seen.next(), seen.next(), seen.next(), seen.next())).containsExactly("first",
						"second", "unordered", "handler");
				assertThat(List.of(seen.next(), seen.next(), seen.next())).containsExactly("after unordered",
						"after second", "after first");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		Seen seen() {
			return new Seen(new LinkedBlockingQueue<>());
		}

		@Bean
		EventInterceptor unordered(Seen seen) {
			return seen.interceptor("unordered");
		}

		@Bean
		@Order(2)
		EventInterceptor second(Seen seen) {
			return seen.interceptor("second");
		}

		@Bean
		@Order(1)
		EventInterceptor first(Seen seen) {
			return seen.interceptor("first");
		}

		@Bean
		Listener listener(Seen seen) {
			return new Listener(seen);
		}

	}

	record OrderPlaced(String id) {
	}

	record Listener(Seen seen) {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Void> handle(OrderPlaced event) {
			return Mono.fromRunnable(() -> this.seen.steps().add("handler"));
		}

	}

	record Seen(BlockingQueue<String> steps) {

		String next() throws InterruptedException {
			return Objects.requireNonNull(this.steps.poll(20, TimeUnit.SECONDS), "nothing more was seen");
		}

		EventInterceptor interceptor(String name) {
			return new EventInterceptor() {

				@Override
				public Mono<Delivery> before(Delivery delivery) {
					Seen.this.steps.add(name);
					return Mono.just(delivery);
				}

				@Override
				public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
					Seen.this.steps.add("after " + name);
					return Mono.empty();
				}

			};
		}

	}

}
