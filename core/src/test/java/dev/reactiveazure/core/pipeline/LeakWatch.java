package dev.reactiveazure.core.pipeline;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

/**
 * Hears what Netty's leak detector says at its paranoid level.
 */
final class LeakWatch {

	private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	void start() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		this.reports.start();
		this.logger.addAppender(this.reports);
	}

	List<String> stop() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			// Leaks are reported with the next allocation after the collection.
			for (int j = 0; j < 100; j++) {
				ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
				buffer.release();
			}
		}
		this.logger.detachAppender(this.reports);
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
		return new ArrayList<>(this.reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
	}

}
