package dev.reactiveazure.benchmarks.listener;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.reactiveazure.benchmarks.JavaProcess;
import dev.reactiveazure.benchmarks.stub.StubServer;
import dev.reactiveazure.emulator.StandaloneEmulator;

/**
 * Prints the figures of the listener container, each taken several times: against the
 * stub, and against the emulator, both in processes of their own.
 */
public final class ListenerFigures {

	private static final List<String> SERVICE_JVM = List.of("-Xmx1g", "-XX:+UseG1GC");

	private static final List<String> EMULATOR = List.of("--tables-port=0", "--eventgrid-port=0",
			"--subscription=orders/billing");

	private ListenerFigures() {
	}

	/**
	 * Measures and prints.
	 * @param args none
	 */
	public static void main(String[] args) {
		try (JavaProcess stub = JavaProcess.piped(SERVICE_JVM, StubServer.class, List.of())) {
			URI address = URI.create(stub.awaitLine(StubServer.ADDRESS));
			Throughput.endless(address).measure(5, Duration.ofSeconds(5)).forEach(ListenerFigures::print);
		}
		try (JavaProcess emulator = JavaProcess.piped(SERVICE_JVM, StandaloneEmulator.class, EMULATOR)) {
			URI address = URI.create(emulator.awaitLine("eventgrid: "));
			emulator.awaitLine("ready");
			Throughput.published(address, 100_000).measure(4, Duration.ofSeconds(60)).forEach(ListenerFigures::print);
			new Slots(address).measure(3).forEach(ListenerFigures::print);
			print(new Latency(address).measure(200));
		}
		System.exit(0);
	}

	private static void print(Figure figure) {
		System.out.printf(Locale.ROOT, "%-70s %,12.1f %s%n", figure.name(), figure.value(), figure.unit());
	}

	/**
	 * One figure.
	 *
	 * @param name what was measured
	 * @param value how much
	 * @param unit of what
	 */
	record Figure(String name, double value, String unit) {

	}

}
