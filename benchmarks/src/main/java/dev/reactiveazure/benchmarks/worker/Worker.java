package dev.reactiveazure.benchmarks.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.reactiveazure.benchmarks.measure.LocalRunner;
import dev.reactiveazure.benchmarks.measure.Runner;
import dev.reactiveazure.benchmarks.measure.Work;

/**
 * Carries out {@linkplain Command commands} about one work, one after the other. It makes
 * the client of a contender when that contender is named first, and does nothing while it
 * has no command.
 */
public final class Worker {

	private final Work work;

	private final int concurrency;

	private final Map<String, Runner> runners = new HashMap<>();

	/**
	 * Create a worker.
	 * @param work what it works at
	 * @param concurrency how many operations are in flight
	 */
	public Worker(Work work, int concurrency) {
		this.work = work;
		this.concurrency = concurrency;
	}

	/**
	 * Works until the standard input ends, so that it never outlives the process that
	 * started it.
	 * @param args the name of the work, the address of the stub, and how many operations
	 * are in flight
	 * @throws IOException if the standard input breaks
	 */
	public static void main(String[] args) throws IOException {
		Work work = new Catalogue(URI.create(args[1])).work(args[0]);
		Worker worker = new Worker(work, Integer.parseInt(args[2]));
		worker.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
		// The clients' threads are daemons or not as their authors liked.
		System.exit(0);
	}

	/**
	 * Answers each command with a reply.
	 * @param commands a command a line
	 * @param replies where the replies go
	 * @throws IOException if the commands can't be read
	 */
	public void run(BufferedReader commands, PrintStream replies) throws IOException {
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			replies.println(reply(line).toLine());
			replies.flush();
		}
	}

	private Reply reply(String line) {
		try {
			return reply(Command.parse(line));
		}
		catch (RuntimeException ex) {
			return new Reply.Failed(line + ": " + ex);
		}
	}

	private Reply reply(Command command) {
		Runner runner = this.runners.computeIfAbsent(command.contender(), this::runner);
		if (command.verb() == Command.Verb.MEASURE) {
			return new Reply.Measured(runner.measure(command.amount()));
		}
		switch (command.verb()) {
			case CHECK -> runner.check();
			case WARM_UP -> runner.warmUp(Duration.ofMillis(command.amount()));
			default -> runner.settle();
		}
		return new Reply.Done();
	}

	private Runner runner(String contender) {
		return new LocalRunner(this.work, this.work.contender(contender), this.concurrency);
	}

}
