package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.AzureConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;

/**
 * Where an Event Grid namespace, or a topic, domain or partner namespace of the Basic
 * tier is, and what proves who is calling: the only source of both for the
 * auto-configured client.
 * <p>
 * A bean of this type replaces those properties of {@code azure.eventgrid} that say where
 * the service is ({@code endpoint}) and who is calling ({@code access-key},
 * {@code sas-token}, {@code entra}, with their variants), and keeps the embedded emulator
 * from starting. With a {@code @Qualifier} and {@code defaultCandidate=false} it does
 * that for the connection of that name, of which at least one other property must be set.
 */
public interface EventGridConnectionDetails extends AzureConnectionDetails {

	/**
	 * Return what proves who is calling.
	 * @return an {@link AzureCredential.AccessKey}, an {@link AzureCredential.Token}, for
	 * the Basic tier also an {@link AzureCredential.Sas}, or a {@link RotatingCredential}
	 * of one of them, as which properties give keys and signatures
	 */
	@Override
	AzureCredential getCredential();

	@Override
	default String getDescription() {
		return "a " + EventGridConnectionDetails.class.getSimpleName() + " bean (" + getClass().getName() + ")";
	}

}
