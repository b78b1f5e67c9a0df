package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.AzureConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import org.jspecify.annotations.Nullable;

/**
 * Where Azure Table storage is and what proves who is calling: the only source of both
 * for the auto-configured client.
 * <p>
 * A bean of this type replaces those properties of {@code azure.tables} that say where
 * the service is ({@code connection-string}, {@code endpoint},
 * {@code secondary-endpoint}) and who is calling ({@code account-key}, {@code sas-token},
 * {@code entra}, with their variants), and keeps the embedded emulator from starting.
 * With a {@code @Qualifier} and {@code defaultCandidate=false} it does that for the
 * connection of that name, of which at least one other property must be set.
 */
public interface TablesConnectionDetails extends AzureConnectionDetails {

	/**
	 * Return what proves who is calling.
	 * @return an {@link AzureCredential.SharedKey}, an {@link AzureCredential.Sas}, an
	 * {@link AzureCredential.Token}, or a {@link RotatingCredential} of one of them, as
	 * which properties give keys and signatures
	 */
	@Override
	AzureCredential getCredential();

	/**
	 * Return where a geo-redundant account is read in its second region.
	 * @return the endpoint; {@code null}, the default, for the service's rule for names
	 */
	default @Nullable AzureEndpoint getSecondaryEndpoint() {
		return null;
	}

	@Override
	default String getDescription() {
		return "a " + TablesConnectionDetails.class.getSimpleName() + " bean (" + getClass().getName() + ")";
	}

}
