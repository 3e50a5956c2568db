package io.durablesaga.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The simple logger, except that labels work and that a test can ask what was logged since it began. */
public final class RecordingLogs implements SLF4JServiceProvider {
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private static volatile boolean recording;

    private final SimpleServiceProvider simple = new SimpleServiceProvider();
    private final MDCAdapter labels = new BasicMDCAdapter();

    /** Forgets what was, and records from now on. */
    static void begin() {
        LINES.clear();
        recording = true;
    }

    /** Stops, and returns what was logged, as {@code LEVEL message}. */
    static List<String> end() {
        recording = false;
        return List.copyOf(LINES);
    }

    @Override
    public void initialize() {
        simple.initialize();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> new Recording(simple.getLoggerFactory().getLogger(name));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return simple.getMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return labels;
    }

    @Override
    public String getRequestedApiVersion() {
        return simple.getRequestedApiVersion();
    }

    private static final class Recording extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        private final transient org.slf4j.Logger simple;

        Recording(org.slf4j.Logger simple) {
            this.simple = simple;
            this.name = simple.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return recording || simple.isDebugEnabled();
        }

        @Override
        public boolean isInfoEnabled() {
            return recording || simple.isInfoEnabled();
        }

        @Override
        public boolean isWarnEnabled() {
            return recording || simple.isWarnEnabled();
        }

        @Override
        public boolean isErrorEnabled() {
            return recording || simple.isErrorEnabled();
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Recording.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            String line = MessageFormatter.basicArrayFormat(message, arguments);
            if (recording) {
                LINES.add(level + " " + line);
            }
            LoggingEventBuilder event = simple.atLevel(level);
            (thrown == null ? event : event.setCause(thrown)).log(line);
        }
    }
}
