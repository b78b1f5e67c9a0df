package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.query.ScanPolicy;

import org.springframework.util.Assert;

/**
 * Options of a {@link TableTemplate}.
 *
 * @param createTables whether a read or write of a table that does not exist creates it
 * and is then done again; default {@code false}
 * @param updateMode what updates and upserts do with stored properties that the entity
 * does not have, where neither call nor class says; default {@link UpdateMode#REPLACE}
 * @param scanPolicy what becomes of queries that read a whole table; default
 * {@link ScanPolicy#ALLOW}
 * @param modifyAttempts how often {@link TableOperations#modify modify} and
 * {@link TableOperations#getOrCreate getOrCreate} try, from 1; default 20
 * @param readConcurrency how many reads
 * {@link TableOperations#findAllByKey(org.reactivestreams.Publisher, Class) findAllByKey}
 * has on their way at once, from 1; default 16
 */
public record TableTemplateOptions(boolean createTables, UpdateMode updateMode, ScanPolicy scanPolicy,
		int modifyAttempts, int readConcurrency) {

	private static final TableTemplateOptions DEFAULTS = new TableTemplateOptions(false, UpdateMode.REPLACE,
			ScanPolicy.ALLOW, 20, 16);

	public TableTemplateOptions {
		Assert.notNull(updateMode, "updateMode must not be null");
		Assert.notNull(scanPolicy, "scanPolicy must not be null");
		Assert.isTrue(modifyAttempts >= 1, "modifyAttempts must be at least 1");
		Assert.isTrue(readConcurrency >= 1, "readConcurrency must be at least 1");
	}

	public static TableTemplateOptions defaults() {
		return DEFAULTS;
	}

	public TableTemplateOptions withCreateTables(boolean createTables) {
		return new TableTemplateOptions(createTables, this.updateMode, this.scanPolicy, this.modifyAttempts,
				this.readConcurrency);
	}

	public TableTemplateOptions withUpdateMode(UpdateMode updateMode) {
		return new TableTemplateOptions(this.createTables, updateMode, this.scanPolicy, this.modifyAttempts,
				this.readConcurrency);
	}

	public TableTemplateOptions withScanPolicy(ScanPolicy scanPolicy) {
		return new TableTemplateOptions(this.createTables, this.updateMode, scanPolicy, this.modifyAttempts,
				this.readConcurrency);
	}

	public TableTemplateOptions withModifyAttempts(int modifyAttempts) {
		return new TableTemplateOptions(this.createTables, this.updateMode, this.scanPolicy, modifyAttempts,
				this.readConcurrency);
	}

	public TableTemplateOptions withReadConcurrency(int readConcurrency) {
		return new TableTemplateOptions(this.createTables, this.updateMode, this.scanPolicy, this.modifyAttempts,
				readConcurrency);
	}

}
