package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Type, source and subject of an object's event.
 */
class AnnotatedEventTypesTests {

	private final CloudEventFactory events = new CloudEventFactory(JsonMapper.shared(), URI.create("/shop"));

	@EventType(value = "com.example.placed", source = "/shop/checkout")
	record Placed(@EventSubject @Nullable UUID order, int total) {
	}

	static class Field {

		@EventSubject
		private final String number = "7";

	}

	static class Derived extends Field {

	}

	record Computed(String region, String number) {

		@EventSubject
		String path() {
			return this.region + "/" + this.number;
		}

	}

	record Two(@EventSubject String one, @EventSubject String two) {
	}

	record Parameter(String one) {

		@EventSubject
		String with(String parameter) {
			return parameter;
		}

	}

	@Test
	@Requirement("L38")
	void comeFromItsAnnotations() {
		UUID order = UUID.fromString("11111111-2222-3333-4444-555555555555");
		CloudEvent event = this.events.create(new Placed(order, 3));
		assertThat(event.getType()).isEqualTo("com.example.placed");
		assertThat(event.getSource()).isEqualTo(URI.create("/shop/checkout"));
		assertThat(event.getSubject()).isEqualTo(order.toString());
	}

	@Test
	@Requirement("L38")
	void areDefaultsWithoutAnnotationsOrValues() {
		CloudEvent event = this.events.create(new Computed("north", "8"));
		assertThat(event.getType()).isEqualTo(AnnotatedEventTypesTests.class.getName() + ".Computed");
		assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
		assertThat(this.events.create(new Placed(null, 3)).getSubject()).isNull();
		assertThat(this.events.create("text").getSubject()).isNull();
	}

	@Test
	void takeTheSubjectFromAFieldOrAMethod() {
		AnnotatedEventTypes types = new AnnotatedEventTypes();
		assertThat(types.subjectOf(new Field())).isEqualTo("7");
		assertThat(types.subjectOf(new Derived())).as("of the class above").isEqualTo("7");
		assertThat(types.subjectOf(new Computed("north", "8"))).isEqualTo("north/8");
	}

	@Test
	void giveWayToWhatTheCallerSays() {
		CloudEvent event = this.events.create(
				new EventAttributes(null, URI.create("/mine"), "t", "mine", null, null, Map.of()),
				new Computed("north", "8"));
		assertThat(event.getSubject()).isEqualTo("mine");
		assertThat(event.getSource()).isEqualTo(URI.create("/mine"));
	}

	@Test
	void refuseAnAmbiguousSubjectByName() {
		AnnotatedEventTypes types = new AnnotatedEventTypes();
		assertThatIllegalArgumentException().isThrownBy(() -> types.subjectOf(new Two("1", "2")))
			.withMessageContaining(Two.class.getName() + " has more than one @EventSubject");
		assertThatIllegalArgumentException().isThrownBy(() -> types.subjectOf(new Parameter("1")))
			.withMessageContaining("without parameters");
	}

}
