package dev.reactiveazure.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows between modules and packages, and habits that all libraries share.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.reactiveazure.";

	private static final String CORE = ROOT + "core";

	private static final String PIPELINE = CORE + ".pipeline";

	private static final String TABLES = ROOT + "tables";

	private static final String EVENT_GRID = ROOT + "eventgrid";

	private static final String EMULATOR = ROOT + "emulator";

	private static final String AUTOCONFIGURE = ROOT + "autoconfigure";

	private static final Set<String> HOMELESS = Set.of("util", "utils", "impl", "common", "internal", "support");

	private static final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.reactiveazure");

	@Test
	void allModulesAreLookedAt() {
		assertThat(Stream.of(CORE, TABLES, EVENT_GRID, EMULATOR, AUTOCONFIGURE)).allMatch(classes::containPackage);
	}

	@Test
	void modulesDependInOneDirection() {
		module(CORE).mayUse();
		module(TABLES).mayUse(CORE);
		module(EVENT_GRID).mayUse(CORE);
		module(EMULATOR).mayUse();
		module(AUTOCONFIGURE).mayUse(CORE, TABLES, EVENT_GRID, EMULATOR);
	}

	@Test
	void packagesOfTablesAreBuiltOnEachOtherInOrder() {
		order(TABLES, TABLES + ".mapping", TABLES + ".query", TABLES + ".template");
	}

	@Test
	void packagesOfEventGridAreBuiltOnEachOtherInOrder() {
		order(EVENT_GRID, EVENT_GRID + ".template", EVENT_GRID + ".listener", EVENT_GRID + ".listener.method");
	}

	@Test
	void packagesOfTheAutoConfigurationAreBuiltOnEachOtherInOrder() {
		order(AUTOCONFIGURE, AUTOCONFIGURE + ".emulator", AUTOCONFIGURE + ".tables");
		order(AUTOCONFIGURE, AUTOCONFIGURE + ".emulator", AUTOCONFIGURE + ".eventgrid");
		noClasses().that()
			.resideInAPackage(AUTOCONFIGURE + ".tables")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE + ".eventgrid")
			.check(classes);
		noClasses().that()
			.resideInAPackage(AUTOCONFIGURE + ".eventgrid")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE + ".tables")
			.check(classes);
	}

	@Test
	void onlyOneClassNeedsBootsHttpClientModuleWhichIsOptional() {
		noClasses().that()
			.doNotHaveSimpleName("BootConnectorSource")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot.http.client..")
			.check(classes);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("dev.reactiveazure.(**)").should().beFreeOfCycles().check(classes);
	}

	@Test
	void noPublicSignatureOutsideCoreMentionsThePipeline() {
		classes().that()
			.resideOutsideOfPackage(CORE + "..")
			.and()
			.arePublic()
			.should(keepThePipelineToThemselves())
			.check(classes);
	}

	@Test
	void everyPackageHasAHome() {
		assertThat(packages()).allSatisfy((found) -> assertThat(HOMELESS).as(found.getName())
			.doesNotContainAnyElementsOf(List.of(found.getName().split("\\."))));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(packages()).allSatisfy(
				(found) -> assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName() + " is @NullMarked")
					.isTrue());
	}

	@Test
	void nobodySleeps() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
	}

	@Test
	void librariesPrintNothing() {
		ArchRule rule = noClasses().that()
			.resideInAnyPackage(CORE + "..", TABLES + "..", EVENT_GRID + "..", AUTOCONFIGURE + "..")
			.should(ACCESS_STANDARD_STREAMS);
		rule.check(classes);
	}

	@Test
	void librariesNeverBlockButWhereTheNameSaysSo() {
		noClasses().that()
			.resideInAnyPackage(CORE + "..", TABLES + "..", EVENT_GRID + "..", AUTOCONFIGURE + "..")
			.and()
			.haveSimpleNameNotStartingWith("Blocking")
			.should()
			.callMethodWhere(blocks())
			.check(classes);
	}

	private static DescribedPredicate<JavaMethodCall> blocks() {
		return DescribedPredicate.describe("a Mono or Flux is blocked for", (call) -> {
			MethodCallTarget target = call.getTarget();
			boolean publisher = target.getOwner().isAssignableTo(Mono.class)
					|| target.getOwner().isAssignableTo(Flux.class);
			return publisher && (target.getName().startsWith("block") || target.getName().equals("toIterable")
					|| target.getName().equals("toStream") || target.getName().equals("toFuture"));
		});
	}

	private static ArchCondition<JavaClass> keepThePipelineToThemselves() {
		return new ArchCondition<>("not show types of " + PIPELINE) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				Stream
					.concat(Stream.concat(type.getMethods().stream(), type.getConstructors().stream()),
							type.getFields().stream())
					.filter(ArchitectureTests::isVisible)
					.filter((member) -> signature(member).anyMatch((used) -> used.getPackageName().equals(PIPELINE)))
					.forEach((member) -> events.add(SimpleConditionEvent.violated(type,
							member.getFullName() + " shows a type of " + PIPELINE)));
				Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
					.filter((parent) -> parent.getPackageName().equals(PIPELINE))
					.forEach((parent) -> events
						.add(SimpleConditionEvent.violated(type, type.getName() + " is a " + parent.getName())));
			}

		};
	}

	private static boolean isVisible(JavaMember member) {
		return member.getModifiers().contains(JavaModifier.PUBLIC)
				|| member.getModifiers().contains(JavaModifier.PROTECTED);
	}

	private static Stream<JavaClass> signature(JavaMember member) {
		if (member instanceof JavaCodeUnit unit) {
			return Stream.concat(unit.getReturnType().getAllInvolvedRawTypes().stream(),
					unit.getParameterTypes().stream().flatMap((type) -> type.getAllInvolvedRawTypes().stream()));
		}
		return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
	}

	private static Collection<JavaPackage> packages() {
		Set<String> names = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
		return names.stream().map(classes::getPackage).toList();
	}

	private static void order(String... packages) {
		for (int i = 0; i < packages.length; i++) {
			for (int later = i + 1; later < packages.length; later++) {
				noClasses().that()
					.resideInAPackage(packages[i])
					.should()
					.dependOnClassesThat()
					.resideInAPackage(packages[later])
					.allowEmptyShould(true)
					.check(classes);
			}
		}
	}

	private static Module module(String root) {
		return new Module(root);
	}

	/**
	 * A module, by the root of its packages.
	 */
	private record Module(String root) {

		void mayUse(String... others) {
			String[] allowed = Stream.concat(Stream.of(this.root), Stream.of(others))
				.map((name) -> name + "..")
				.toArray(String[]::new);
			noClasses().that()
				.resideInAPackage(this.root + "..")
				.should()
				.dependOnClassesThat(resideInAnyPackage("dev.reactiveazure..")
					.and(DescribedPredicate.not(resideInAnyPackage(allowed))))
				.check(classes);
		}

	}

}
