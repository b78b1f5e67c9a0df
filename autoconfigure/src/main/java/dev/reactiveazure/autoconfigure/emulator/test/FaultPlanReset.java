package dev.reactiveazure.autoconfigure.emulator.test;

import dev.reactiveazure.emulator.http.FaultPlan;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Drops the rules of our fault plan after each test: its context is cached, and the next
 * test that gets it knows nothing of them. A user's own plan is left alone.
 */
final class FaultPlanReset extends AbstractTestExecutionListener {

	private static final boolean EMULATOR_PRESENT = ClassUtils.isPresent("dev.reactiveazure.emulator.http.FaultPlan",
			FaultPlanReset.class.getClassLoader());

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (!EMULATOR_PRESENT || !testContext.hasApplicationContext()) {
			return;
		}
		ApplicationContext context = testContext.getApplicationContext();
		if (context.containsBean(EmulatorTestConfiguration.FAULT_PLAN)) {
			context.getBean(EmulatorTestConfiguration.FAULT_PLAN, FaultPlan.class).clear();
		}
	}

}
