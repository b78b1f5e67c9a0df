package dev.reactiveazure.autoconfigure.emulator.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.test.context.TestPropertySource;

/**
 * Has a test use the embedded emulator for each service without a configured connection,
 * and steer it. Part of the slices; put on a {@code @SpringBootTest} it does the same for
 * a whole application.
 * <p>
 * There is then a bean of type {@link dev.reactiveazure.emulator.http.FaultPlan}, whose
 * rules end with each test method. Machines that build may be part of a cloud platform,
 * so the guard against one is off. Needs {@code reactiveazure-emulator} on the class
 * path.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(EmulatorTestConfiguration.class)
@TestPropertySource(properties = "spring.main.cloud-platform=none")
public @interface AutoConfigureAzureEmulator {

	/**
	 * Whether services without a connection are emulated.
	 * @return whether they are; default {@code true}
	 */
	@PropertyMapping("azure.emulator.enabled")
	boolean enabled() default true;

	/**
	 * Whether the emulator's time is a bean of type
	 * {@link dev.reactiveazure.emulator.clock.MovableClock}, which stands still until the
	 * test moves it: locks don't expire by themselves, and released events don't come
	 * back. It begins at the machine's time. Table storage refuses what was signed with
	 * an account key more than 15 minutes from its time, as the service does.
	 * @return whether it is; default {@code false}, the machine's time
	 */
	@PropertyMapping("azure.emulator.test.movable-clock")
	boolean movableClock() default false;

}
