package dev.reactiveazure.emulator.http;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Says which requests to an emulator go wrong, and how. Rules are tried in the order they
 * were added; the first that applies decides. Thread-safe; may be changed while the
 * emulator runs.
 *
 * <pre>{@code
 * FaultPlan faults = FaultPlan.seeded(42);
 * faults.when("tables").method("POST").path(Pattern.compile("/orders").asPredicate()).nth(2).answer(503, Duration.ofSeconds(1));
 * faults.when("eventgrid").probability(0.1).dropAfter();
 * }</pre>
 */
public final class FaultPlan {

	/** Name of the Tables service in rules. */
	public static final String TABLES = "tables";

	/** Name of the Event Grid service in rules. */
	public static final String EVENT_GRID = "eventgrid";

	private final List<ActiveRule> rules = new CopyOnWriteArrayList<>();

	private final Random random;

	private FaultPlan(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * A plan without rules whose probabilities are drawn from seed 0.
	 * @return a new plan
	 */
	public static FaultPlan create() {
		return seeded(0);
	}

	/**
	 * A plan without rules.
	 * @param seed the seed of its probabilities
	 * @return a new plan
	 */
	public static FaultPlan seeded(long seed) {
		return new FaultPlan(seed);
	}

	/**
	 * Begins a rule for the requests of one service. The rule is active once its fault is
	 * named.
	 * @param service {@link #TABLES} or {@link #EVENT_GRID}
	 * @return the rule, matching every request of the service until narrowed
	 */
	public Rule when(String service) {
		return new Rule(service, (request) -> true, (call) -> true, 1);
	}

	/**
	 * Drops all rules.
	 */
	public void clear() {
		this.rules.clear();
	}

	@Nullable Fault next(String service, EmulatorRequest request) {
		Fault fault = null;
		for (ActiveRule rule : this.rules) {
			// Each rule counts, also where an earlier one decides.
			boolean called = rule.isCalled(service, request);
			if (called && fault == null && draw(rule.probability())) {
				fault = rule.fault();
			}
		}
		return fault;
	}

	private boolean draw(double probability) {
		if (probability >= 1) {
			return true;
		}
		synchronized (this.random) {
			return this.random.nextDouble() < probability;
		}
	}

	/**
	 * The conditions of a rule in the making. Immutable; the last call names the fault
	 * and activates the rule.
	 */
	public final class Rule {

		private final String service;

		private final Predicate<EmulatorRequest> condition;

		private final Predicate<Integer> call;

		private final double probability;

		private Rule(String service, Predicate<EmulatorRequest> condition, Predicate<Integer> call,
				double probability) {
			this.service = service;
			this.condition = condition;
			this.call = call;
			this.probability = probability;
		}

		/**
		 * Narrows to a verb; {@code X-HTTP-Method} is not looked at.
		 * @param method the verb in any case
		 * @return the narrowed rule
		 */
		public Rule method(String method) {
			return matching((request) -> request.method().equalsIgnoreCase(method));
		}

		/**
		 * Narrows by the raw path.
		 * @param path the condition
		 * @return the narrowed rule
		 */
		public Rule path(Predicate<String> path) {
			return matching((request) -> path.test(request.rawPath()));
		}

		/**
		 * Narrows by anything in the request, for example an operation.
		 * @param request the condition
		 * @return the narrowed rule
		 */
		public Rule matching(Predicate<EmulatorRequest> request) {
			return new Rule(this.service, this.condition.and(request), this.call, this.probability);
		}

		/**
		 * Narrows to one of the requests that match, counted from the moment the rule is
		 * active, those included for which an earlier rule decides.
		 * @param number the number of the request, from 1
		 * @return the narrowed rule
		 */
		public Rule nth(int number) {
			return new Rule(this.service, this.condition, (call) -> call == number, this.probability);
		}

		/**
		 * Narrows to the first requests that match, counted from the moment the rule is
		 * active, those included for which an earlier rule decides.
		 * @param number how many
		 * @return the narrowed rule
		 */
		public Rule first(int number) {
			return new Rule(this.service, this.condition, (call) -> call <= number, this.probability);
		}

		/**
		 * Narrows to a random part of the requests, drawn from the seed of the plan.
		 * @param probability from 0 (never) to 1 (always)
		 * @return the narrowed rule
		 */
		public Rule probability(double probability) {
			return new Rule(this.service, this.condition, this.call, probability);
		}

		/**
		 * Delays the request on the emulator's clock, then lets it pass.
		 * @param duration the delay
		 */
		public void delay(Duration duration) {
			then(new Fault.Delay(duration));
		}

		/**
		 * Answers instead of the service. Of Tables, 429, 500 and 503 have the service's
		 * error in their body; other answers have none.
		 * @param status the HTTP status
		 */
		public void answer(int status) {
			then(new Fault.Answer(status, null));
		}

		/**
		 * Answers instead of the service and asks to come back later.
		 * @param status the HTTP status
		 * @param retryAfter the value of the Retry-After header, in whole seconds
		 */
		public void answer(int status, Duration retryAfter) {
			then(new Fault.Answer(status, retryAfter));
		}

		/**
		 * Resets the connection before the service sees the request.
		 */
		public void dropBefore() {
			then(new Fault.DropBefore());
		}

		/**
		 * Resets the connection after the service did its work: the answer is lost.
		 */
		public void dropAfter() {
			then(new Fault.DropAfter());
		}

		/**
		 * Resets the connection in the middle of the answer's body.
		 */
		public void truncate() {
			then(new Fault.Truncate());
		}

		/**
		 * Leaves the request without an answer until the client hangs up.
		 */
		public void neverAnswer() {
			then(new Fault.NeverAnswer());
		}

		/**
		 * Activates the rule.
		 * @param fault what goes wrong
		 */
		public void then(Fault fault) {
			FaultPlan.this.rules.add(new ActiveRule(this, fault, new AtomicInteger()));
		}

		private boolean isCalled(String service, EmulatorRequest request, AtomicInteger calls) {
			return this.service.equals(service) && this.condition.test(request)
					&& this.call.test(calls.incrementAndGet());
		}

	}

	private record ActiveRule(Rule rule, Fault fault, AtomicInteger calls) {

		boolean isCalled(String service, EmulatorRequest request) {
			return this.rule.isCalled(service, request, this.calls);
		}

		double probability() {
			return this.rule.probability;
		}

	}

}
