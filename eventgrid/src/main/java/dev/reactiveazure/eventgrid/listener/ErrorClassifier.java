package dev.reactiveazure.eventgrid.listener;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.eventgrid.template.EventConversionException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

/**
 * Tells errors that every delivery of an event will meet from those that may pass.
 * Immutable.
 * <p>
 * It goes by type, through the chain of causes from the outermost: the first error of
 * which it knows the type, or a supertype, decides; of several supertypes the nearest.
 * What it knows nothing of is {@link ErrorKind#TRANSIENT}. The {@link #defaults()
 * defaults} take failures of conversion, of validation and of the resolution of
 * arguments, malformed events and class casts for {@link ErrorKind#FATAL}.
 */
public final class ErrorClassifier {

	/** As names, since some of them are only there if the application uses them. */
	private static final List<String> FATAL = List.of(MalformedEventException.class.getName(),
			EventValidationException.class.getName(), EventConversionException.class.getName(),
			MessageConversionException.class.getName(), MethodArgumentResolutionException.class.getName(),
			ConversionException.class.getName(), "org.springframework.validation.method.MethodValidationException",
			"jakarta.validation.ValidationException", ClassCastException.class.getName());

	/** Far longer than any honest chain: some are circles. */
	private static final int LONGEST_CHAIN = 64;

	private final Map<String, ErrorKind> kinds;

	private ErrorClassifier(Map<String, ErrorKind> kinds) {
		this.kinds = Map.copyOf(kinds);
	}

	/**
	 * Return the classifier that containers use where none is given.
	 * @return the defaults
	 */
	public static ErrorClassifier defaults() {
		Map<String, ErrorKind> kinds = new HashMap<>();
		FATAL.forEach((type) -> kinds.put(type, ErrorKind.FATAL));
		return new ErrorClassifier(kinds);
	}

	/**
	 * Return a classifier that takes a type of errors for fatal.
	 * @param type the type, its subtypes included unless they are known
	 * @return a classifier that differs from this one in this type
	 */
	public ErrorClassifier withFatal(Class<? extends Throwable> type) {
		return with(ErrorKind.FATAL, List.of(type));
	}

	/**
	 * Return a classifier that takes a type of errors for transient.
	 * @param type the type, its subtypes included unless they are known
	 * @return a classifier that differs from this one in this type
	 */
	public ErrorClassifier withTransient(Class<? extends Throwable> type) {
		return with(ErrorKind.TRANSIENT, List.of(type));
	}

	/**
	 * Return a classifier that knows more types.
	 * @param kind what errors of the types are
	 * @param types types of errors, their subtypes included unless they are known
	 * @return a classifier that differs from this one in these types
	 */
	public ErrorClassifier with(ErrorKind kind, List<Class<? extends Throwable>> types) {
		Map<String, ErrorKind> more = new HashMap<>(this.kinds);
		types.forEach((type) -> more.put(type.getName(), kind));
		return new ErrorClassifier(more);
	}

	/**
	 * Classify an error.
	 * @param error the error
	 * @return its kind
	 */
	public ErrorKind classify(Throwable error) {
		Throwable current = error;
		for (int depth = 0; current != null && depth < LONGEST_CHAIN; depth++) {
			ErrorKind kind = kindOf(current.getClass());
			if (kind != null) {
				return kind;
			}
			current = current.getCause();
		}
		return ErrorKind.TRANSIENT;
	}

	private @Nullable ErrorKind kindOf(Class<?> errorType) {
		for (Class<?> type = errorType; type != null; type = type.getSuperclass()) {
			ErrorKind kind = this.kinds.get(type.getName());
			if (kind != null) {
				return kind;
			}
		}
		return null;
	}

}
