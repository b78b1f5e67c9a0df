package org.springframework.samples.petclinic;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import io.cloudevents.CloudEvent;

import org.springframework.stereotype.Component;

/**
 * A component that listens.
 */
@Component
public class Visits {

	@EventGridListener(topic = "orders", subscription = "billing")
	void note(CloudEvent visit) {
	}

}
