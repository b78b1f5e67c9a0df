package dev.reactiveazure.benchmarks;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.stub.StubCertificate;
import dev.reactiveazure.benchmarks.worker.Catalogue;
import io.netty.handler.ssl.OpenSsl;
import org.jspecify.annotations.Nullable;

/**
 * Says which contenders compete in which JVMs: over plain HTTP each in its own, at the
 * works that end with {@value #ONE_JVM} all in one, over TLS each once for each provider.
 */
final class RacePlan {

	/** What the name of a work ends with whose contenders share a JVM. */
	static final String ONE_JVM = "-one-jvm";

	/** What the name of a contender ends with that uses the provider of the JDK. */
	static final String JDK = "@jdk";

	/** What the name of a contender ends with that uses netty-tcnative. */
	static final String OPENSSL = "@openssl";

	private static final List<String> OVER_TLS = List.of(Contender.CLIENT, Contender.TEMPLATE, Contender.WEBCLIENT,
			Contender.MICROSOFT, Contender.LIMIT);

	private final Catalogue catalogue;

	private final List<String> wanted;

	private final @Nullable StubCertificate certificate;

	/**
	 * Create a plan.
	 * @param catalogue the works
	 * @param wanted the contenders, all if empty
	 * @param certificate what is spoken over TLS with, {@code null} for plain HTTP
	 */
	RacePlan(Catalogue catalogue, List<String> wanted, @Nullable StubCertificate certificate) {
		this.catalogue = catalogue;
		this.wanted = wanted;
		this.certificate = certificate;
	}

	Race race(String name) {
		boolean oneJvm = name.endsWith(ONE_JVM);
		Work work = this.catalogue.work(oneJvm ? name.substring(0, name.length() - ONE_JVM.length()) : name);
		List<String> contenders = work.contenders().stream().map(Contender::name).filter(this::takesPart).toList();
		if (oneJvm) {
			List<Entrant> entrants = contenders.stream().map(Entrant::new).toList();
			return new Race(name, work, List.of(new Race.Jvm(name, List.of(), entrants)));
		}
		return new Race(name, work, contenders.stream().flatMap((contender) -> jvms(contender).stream()).toList());
	}

	private boolean takesPart(String contender) {
		return (this.wanted.isEmpty() || this.wanted.contains(contender))
				&& (this.certificate == null || OVER_TLS.contains(contender));
	}

	private List<Race.Jvm> jvms(String contender) {
		if (this.certificate == null) {
			return List.of(new Race.Jvm(contender, List.of(), List.of(new Entrant(contender))));
		}
		List<Race.Jvm> jvms = new ArrayList<>();
		jvms.add(jvm(contender, JDK, this.certificate.trust("-Dio.netty.handler.ssl.noOpenSsl=true")));
		if (OpenSsl.isAvailable()) {
			jvms.add(jvm(contender, OPENSSL, this.certificate.trust()));
		}
		return jvms;
	}

	private static Race.Jvm jvm(String contender, String provider, List<String> args) {
		return new Race.Jvm(contender + provider, args, List.of(new Entrant(contender + provider, contender)));
	}

}
