package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.idempotency.IdempotencyStoreProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;

class DynamoDbIdempotencyStoreProviderTest {
    private static final String REGION = SdkSystemSetting.AWS_REGION.property();

    @BeforeEach
    void region() {
        System.setProperty(REGION, "eu-west-1");
    }

    @AfterEach
    void noRegion() {
        System.clearProperty(REGION);
    }

    @Test
    void this_module_provides_the_one_store_that_is_opened_by_the_name_of_a_table() {
        List<IdempotencyStoreProvider> providers = ServiceLoader.load(IdempotencyStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        assertThat(providers).hasSize(1);
        assertThat(providers.get(0).open("starts")).isInstanceOf(DynamoDbIdempotencyStore.class);
    }

    @Test
    void a_table_without_a_name_is_refused() {
        assertThatThrownBy(() -> new DynamoDbIdempotencyStoreProvider().open(" "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
