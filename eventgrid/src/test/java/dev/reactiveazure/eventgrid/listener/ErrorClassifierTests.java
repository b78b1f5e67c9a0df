package dev.reactiveazure.eventgrid.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;

import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.core.MethodParameter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which errors are fatal, and how to change that.
 */
class ErrorClassifierTests {

	private final ErrorClassifier defaults = ErrorClassifier.defaults();

	@Test
	@Requirement("L16")
	void takesWhatEveryDeliveryWillMeetForFatal() throws NoSuchMethodException {
		MethodParameter parameter = new MethodParameter(
				ErrorClassifierTests.class.getDeclaredMethod("listener", String.class), 0);
		assertThat(List.of(new MalformedEventException("no id"), new ClassCastException(),
				new MessageConversionException("no JSON"),
				new MethodArgumentResolutionException(new GenericMessage<>("x"), parameter),
				new ConverterNotFoundException(TypeDescriptor.valueOf(String.class),
						TypeDescriptor.valueOf(List.class))))
			.allSatisfy((error) -> assertThat(this.defaults.classify(error)).isEqualTo(ErrorKind.FATAL));
	}

	@Test
	void takesAllOthersForTransient() {
		assertThat(List.of(new IllegalStateException(), new ConnectException(), new TimeoutException(),
				new IllegalArgumentException(), new StackOverflowError()))
			.allSatisfy((error) -> assertThat(this.defaults.classify(error)).isEqualTo(ErrorKind.TRANSIENT));
	}

	@Test
	@Requirement("L16")
	void looksThroughTheChainOfCauses() {
		Throwable wrapped = new CompletionException(new IllegalStateException(new ClassCastException()));
		assertThat(this.defaults.classify(wrapped)).isEqualTo(ErrorKind.FATAL);
	}

	@Test
	void endsWhereTheChainOfCausesIsACircle() {
		Exception one = new Exception();
		one.initCause(new Exception(one));
		assertThat(this.defaults.classify(one)).isEqualTo(ErrorKind.TRANSIENT);
	}

	@Test
	@Requirement("L16")
	void canBeToldOfMoreTypes() {
		ErrorClassifier edited = this.defaults.withFatal(IOException.class).withTransient(ClassCastException.class);
		assertThat(edited.classify(new ConnectException())).isEqualTo(ErrorKind.FATAL);
		assertThat(edited.classify(new ClassCastException())).isEqualTo(ErrorKind.TRANSIENT);
		assertThat(this.defaults.classify(new ConnectException())).isEqualTo(ErrorKind.TRANSIENT);
	}

	@Test
	void goesByTheNearestTypeAndTheOutermostError() {
		ErrorClassifier edited = this.defaults.withFatal(Exception.class)
			.withTransient(IOException.class)
			.withTransient(UncheckedIOException.class);
		assertThat(edited.classify(new ConnectException())).isEqualTo(ErrorKind.TRANSIENT);
		assertThat(edited.classify(new IllegalStateException(new IOException()))).isEqualTo(ErrorKind.FATAL);
		assertThat(edited.classify(new UncheckedIOException(new IOException(new ClassCastException()))))
			.isEqualTo(ErrorKind.TRANSIENT);
	}

	@SuppressWarnings("unused") // a parameter for the exception to name
	private static void listener(String payload) {
	}

}
