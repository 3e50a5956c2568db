package io.durablesaga.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** How inputs and results become records and back: Jackson, never loading a class that data names. Thread-safe. */
public final class SagaJson {
    private final ObjectMapper mapper;

    private SagaJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Java time and Optional understood, times as ISO text with their own offset, unknown fields ignored, map entries in a fixed order. */
    public static SagaJson standard() {
        return new SagaJson(JsonMapper.builder(JsonFactory.builder()
                        // names that share a hash are names: a text that was read once is read again
                        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                        .build())
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build());
    }

    /**
     * A mapper of your own.
     *
     * @throws IllegalArgumentException if it has default typing on, which lets data name classes
     */
    public static SagaJson over(ObjectMapper mapper) {
        boolean typing = mapper.getDeserializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null;
        if (typing) {
            throw new IllegalArgumentException(
                    "mapper: it has default typing on, with which records could name classes to load; turn it off");
        }
        return new SagaJson(mapper.copy());
    }

    /** The value as JSON text. */
    public String write(@Nullable Object value) throws JsonProcessingException {
        return mapper.writeValueAsString(value);
    }

    /** The value of this type. */
    public @Nullable Object read(String json, Type type) throws JsonProcessingException {
        JavaType javaType = mapper.constructType(type);
        try {
            return mapper.readValue(json, javaType);
        } catch (RuntimeException thrown) {
            // a reader of one's own has; Jackson says so itself, but not where it reads the outermost value
            throw new JsonMappingException(null, String.valueOf(thrown.getMessage()), thrown);
        }
    }

    /** Why a text does not read, without anything of what it says: this may go into a log. */
    public static String why(JsonProcessingException unreadable) {
        JsonLocation at = unreadable.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return unreadable.getClass().getSimpleName() + where;
    }

    /** The mapper itself, for reading trees. */
    public ObjectMapper mapper() {
        return mapper;
    }
}
