package dev.reactiveazure.tables;

import java.time.Instant;

/**
 * A key that signs in the name of a user or application of Microsoft Entra ID.
 * Experimental, as {@link TableServiceClient#getUserDelegationKey} is.
 *
 * @param objectId whom it signs for
 * @param tenantId the tenant that knows them
 * @param start when it begins to hold
 * @param expiry when it ends
 * @param service the service that it is good for, as the answer says
 * @param version the version of the protocol that made it
 * @param value the key, in Base64: a secret
 */
public record UserDelegationKey(String objectId, String tenantId, Instant start, Instant expiry, String service,
		String version, String value) {

	/**
	 * Return all but the key itself.
	 */
	@Override
	public String toString() {
		return "UserDelegationKey[objectId=" + this.objectId + ", tenantId=" + this.tenantId + ", start=" + this.start
				+ ", expiry=" + this.expiry + ", service=" + this.service + ", version=" + this.version + "]";
	}

}
