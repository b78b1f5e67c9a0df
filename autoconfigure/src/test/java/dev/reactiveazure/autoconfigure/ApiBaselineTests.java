package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users compile against is written down in {@code docs/api}: a change of it shows in
 * the change that makes it. Run with {@code -Dapi.write=true} to write it.
 */
class ApiBaselineTests {

	private static final Path BASELINE = Path.of("..", "docs", "api");

	private static final String ROOT = "dev.reactiveazure.";

	/** For our own modules: no promise to users. */
	private static final String PIPELINE = ROOT + "core.pipeline";

	private static final Set<JavaModifier> TOLD = Set.of(JavaModifier.STATIC, JavaModifier.FINAL, JavaModifier.ABSTRACT,
			JavaModifier.PROTECTED);

	private static final Set<String> EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

	private static final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.reactiveazure");

	@ParameterizedTest
	@ValueSource(strings = { "core", "tables", "eventgrid", "emulator", "autoconfigure" })
	void isWhatTheBaselineSays(String module) throws IOException {
		Path baseline = BASELINE.resolve(module + ".txt");
		String api = api(module);
		if (Boolean.getBoolean("api.write")) {
			Files.createDirectories(BASELINE);
			Files.writeString(baseline, api);
		}
		assertThat(baseline)
			.as("""
					The API of %s has changed. Is that meant, and in the notes of the release? Then write the baseline anew: \
					mvn test -pl autoconfigure -am -Dtest=ApiBaselineTests -Dapi.write=true \
					-Dsurefire.failIfNoSpecifiedTests=false""",
					module)
			.exists()
			.hasContent(api);
	}

	@Test
	void namesWhatUsersCallAndNothingElse() {
		assertThat(api("core")).contains("record dev.reactiveazure.core.RetryOptions")
			.contains("RetryOptions withMaxRetries(int)")
			.doesNotContain("pipeline");
		assertThat(api("eventgrid")).contains("@interface dev.reactiveazure.eventgrid.listener.EventGridListener")
			.contains("String concurrency() default")
			.doesNotContain("ReceiveLoop");
	}

	private static String api(String module) {
		return classes.stream()
			.filter((type) -> isIn(type, ROOT + module) && !isIn(type, PIPELINE) && isVisible(type))
			.sorted(Comparator.comparing(JavaClass::getName))
			.map(ApiBaselineTests::describe)
			.collect(Collectors.joining("\n"));
	}

	private static boolean isIn(JavaClass type, String packageName) {
		return type.getPackageName().equals(packageName) || type.getPackageName().startsWith(packageName + ".");
	}

	private static boolean isVisible(JavaClass type) {
		return isVisible((HasModifiers) type) && type.getEnclosingClass().map(ApiBaselineTests::isVisible).orElse(true);
	}

	private static boolean isVisible(HasModifiers thing) {
		Set<JavaModifier> modifiers = thing.getModifiers();
		return !modifiers.contains(JavaModifier.SYNTHETIC)
				&& (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
	}

	private static String describe(JavaClass type) {
		Set<String> members = Stream
			.of(type.getFields().stream(), type.getConstructors().stream(), type.getMethods().stream())
			.flatMap((found) -> found)
			.filter((member) -> isVisible((HasModifiers) member) && !EVERY_OBJECT.contains(member.getName()))
			.map((member) -> "\t" + modifiers(member) + describe(member) + "\n")
			.collect(Collectors.toCollection(TreeSet::new));
		return modifiers(type) + kind(type) + " " + type.getName() + variables(type.getTypeParameters()) + parents(type)
				+ "\n" + String.join("", members);
	}

	private static String kind(JavaClass type) {
		if (type.isAnnotation()) {
			return "@interface";
		}
		if (type.isInterface()) {
			return "interface";
		}
		return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
	}

	private static String parents(JavaClass type) {
		Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(),
				type.getInterfaces().stream().sorted(Comparator.comparing(JavaType::getName)));
		String names = parents.map(ApiBaselineTests::name)
			.filter((name) -> !Set.of("Object", "Record", "Annotation").contains(name) && !name.startsWith("Enum<"))
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "" : " : " + names;
	}

	private static String modifiers(HasModifiers thing) {
		boolean implied = thing instanceof JavaClass type && (type.isInterface() || type.isRecord() || type.isEnum());
		return thing.getModifiers()
			.stream()
			.filter((modifier) -> TOLD.contains(modifier) && !implied)
			.map((modifier) -> modifier.name().toLowerCase(Locale.ROOT) + " ")
			.sorted()
			.collect(Collectors.joining());
	}

	private static String describe(JavaMember member) {
		if (member instanceof JavaField field) {
			return name(field.getType()) + " " + field.getName();
		}
		JavaCodeUnit unit = (JavaCodeUnit) member;
		String parameters = names(unit.getParameterTypes());
		String thrown = names(List.copyOf(unit.getExceptionTypes()));
		String variables = variables(unit.getTypeParameters());
		String end = "(" + parameters + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
		if (unit instanceof JavaConstructor) {
			return "new" + end;
		}
		boolean hasDefault = ((JavaMethod) unit).getDefaultValue().isPresent();
		return (variables.isEmpty() ? "" : variables + " ") + name(unit.getReturnType()) + " " + unit.getName() + end
				+ (hasDefault ? " default" : "");
	}

	private static String variables(List<? extends JavaTypeVariable<?>> variables) {
		return variables.isEmpty() ? "" : variables.stream().map((variable) -> {
			String bounds = names(variable.getUpperBounds());
			return variable.getName() + (bounds.isEmpty() || bounds.equals("Object") ? "" : " extends " + bounds);
		}).collect(Collectors.joining(", ", "<", ">"));
	}

	private static String names(List<? extends JavaType> types) {
		return types.stream().map(ApiBaselineTests::name).collect(Collectors.joining(", "));
	}

	/** Simple names: an import that moves is seen where the type is declared. */
	private static String name(JavaType type) {
		if (type instanceof JavaParameterizedType generic) {
			return name(generic.toErasure()) + "<" + names(generic.getActualTypeArguments()) + ">";
		}
		if (type instanceof JavaWildcardType wildcard) {
			return wildcard.getUpperBounds().isEmpty()
					? wildcard.getLowerBounds().isEmpty() ? "?" : "? super " + names(wildcard.getLowerBounds())
					: "? extends " + names(wildcard.getUpperBounds());
		}
		return (type instanceof JavaClass raw) ? raw.getSimpleName() : type.getName();
	}

}
