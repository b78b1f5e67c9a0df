package dev.reactiveazure.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.reactiveazure.benchmarks.measure.Result;

import static dev.reactiveazure.benchmarks.measure.Contender.CLIENT;
import static dev.reactiveazure.benchmarks.measure.Contender.LIMIT;
import static dev.reactiveazure.benchmarks.measure.Contender.LISTENER;
import static dev.reactiveazure.benchmarks.measure.Contender.LISTENER_OBSERVED;
import static dev.reactiveazure.benchmarks.measure.Contender.MICROSOFT;
import static dev.reactiveazure.benchmarks.measure.Contender.OBSERVED;
import static dev.reactiveazure.benchmarks.measure.Contender.PREPARED;
import static dev.reactiveazure.benchmarks.measure.Contender.TEMPLATE;
import static dev.reactiveazure.benchmarks.measure.Contender.TYPED;
import static dev.reactiveazure.benchmarks.measure.Contender.WEBCLIENT;

/**
 * All goals. A kilobyte has 1,000 bytes. What the first run with each contender in a
 * process of its own did better than was asked for is asked for since, with a twentieth
 * to spare: bytes, a get against the limit, the listener.
 */
final class Goals {

	private static final List<String> INSERT = List.of("insert-one-jvm", "insert");

	private static final List<String> GET = List.of("get-one-jvm", "get");

	private static final double TEMPLATE_OVER_CLIENT = 1.1;

	private static final double OBSERVED_OVER_PLAIN = 1.15;

	static final List<Goal> ALL = Stream.of(rows(), events(), templates(), observations(), providers())
		.flatMap(List::stream)
		.toList();

	private Goals() {
	}

	/**
	 * The verdicts on what was measured.
	 */
	static List<Verdict> judge(List<Result> results) {
		List<Verdict> verdicts = new ArrayList<>();
		for (Result result : results) {
			for (Goal goal : ALL) {
				for (Variant variant : Variant.in(result)) {
					goal.judge(result, variant).ifPresent(verdicts::add);
				}
			}
		}
		return verdicts;
	}

	private static List<Goal> rows() {
		List<Goal> goals = new ArrayList<>();
		for (String work : INSERT) {
			for (String contender : List.of(CLIENT, TEMPLATE)) {
				goals.add(Goal.cpu(work, contender, MICROSOFT).atMost(0.42).better(0.33));
				goals.add(Goal.cpu(work, contender, LIMIT).atMost(1.3));
				goals.add(Goal.bytes(work, contender).atMost(11_500));
			}
		}
		for (String work : GET) {
			for (String contender : List.of(TYPED, TEMPLATE)) {
				goals.add(Goal.cpu(work, contender, MICROSOFT).atMost(0.45).better(0.33));
				goals.add(Goal.cpu(work, contender, LIMIT).atMost(1.5));
				goals.add(Goal.bytes(work, contender).atMost(11_800));
			}
		}
		for (String work : List.of("query", "query-mixed", "query-full")) {
			for (String contender : List.of(TYPED, TEMPLATE)) {
				goals.add(Goal.cpu(work, contender, MICROSOFT).atMost(1.0 / 8).better(1.0 / 12));
				goals.add(Goal.bytes(work, contender).atMost(1_050_000));
			}
		}
		for (String contender : List.of(CLIENT, TEMPLATE)) {
			goals.add(Goal.cpu("transaction", contender, MICROSOFT).atMost(1.0 / 6).better(1.0 / 8));
			goals.add(Goal.bytes("transaction", contender).atMost(75_000));
		}
		return goals;
	}

	private static List<Goal> events() {
		List<Goal> goals = new ArrayList<>();
		goals.addAll(publishing(CLIENT, MICROSOFT));
		goals.addAll(publishing(TEMPLATE, MICROSOFT));
		goals.addAll(publishing(CLIENT + PREPARED, MICROSOFT + PREPARED));
		goals.add(Goal.cpu("receive", CLIENT, WEBCLIENT).atMost(0.6).better(1.0 / 3));
		goals.add(Goal.cpu("receive", CLIENT, LIMIT).atMost(7).better(4));
		goals.add(Goal.bytes("receive", CLIENT).atMost(200_000));
		goals.add(Goal.cpu("listener", LISTENER, CLIENT).atMost(1.3));
		return goals;
	}

	private static List<Goal> publishing(String contender, String microsoft) {
		return List.of(Goal.cpu("publish1", contender, microsoft).atMost(0.5).better(0.45),
				Goal.cpu("publish1", contender, LIMIT).atMost(1.3), Goal.bytes("publish1", contender).atMost(10_200),
				Goal.cpu("publish100", contender, microsoft).atMost(1.0 / 4).better(1.0 / 5),
				Goal.bytes("publish100", contender).atMost(50_000));
	}

	/**
	 * The goal is against the client of entities; that of records is to be known, too.
	 */
	private static List<Goal> templates() {
		List<Goal> goals = new ArrayList<>();
		for (String work : List.of("insert-one-jvm", "insert", "get-one-jvm", "get", "query", "query-mixed",
				"transaction")) {
			goals.add(Goal.cpu(work, TEMPLATE, CLIENT).atMost(TEMPLATE_OVER_CLIENT));
			goals.add(Goal.cpu(work, TEMPLATE, TYPED));
		}
		return goals;
	}

	private static List<Goal> observations() {
		List<Goal> goals = new ArrayList<>();
		for (String work : List.of("insert-one-jvm", "insert", "get-one-jvm", "get", "query", "transaction", "publish1",
				"publish10", "publish100", "receive")) {
			goals.add(Goal.cpu(work, OBSERVED, CLIENT).atMost(OBSERVED_OVER_PLAIN));
		}
		goals.add(Goal.cpu("listener", LISTENER_OBSERVED, LISTENER).atMost(OBSERVED_OVER_PLAIN));
		return goals;
	}

	/**
	 * Over TLS, what the provider of the JDK costs against netty-tcnative.
	 */
	private static List<Goal> providers() {
		return Stream.of("insert", "query", "receive")
			.flatMap((work) -> Stream.of(CLIENT, LIMIT)
				.map((contender) -> Goal.cpu(work, contender + "@jdk", contender + "@openssl")))
			.toList();
	}

}
