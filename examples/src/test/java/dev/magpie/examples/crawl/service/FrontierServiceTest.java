package dev.magpie.examples.crawl.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierServiceTest {

    @Test
    void anAddressIsAHostAndAPort() {
        assertThat(FrontierService.at("localhost:7071").host()).isEqualTo("localhost");
        assertThat(FrontierService.at("localhost:7071").port()).isEqualTo(7071);
        assertThat(FrontierService.at("[::1]:80").host()).isEqualTo("[::1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", ":1", "host:x", "a:b:1", "http://host:1"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrontierService.at(text))
                .withMessage("address must be HOST:PORT, was '" + text + "'");
    }

    @Test
    void valuesOutOfBoundsAreRefused() {
        FrontierService service = FrontierService.at("host:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrontierService.at("host:70000"))
                .withMessage("port must be between 1 and 65535, was 70000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.withLease(Duration.ofMillis(900)))
                .withMessage("lease in seconds must be between 1 and 86400, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> service.withAmounts(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> service.withAmounts(1, 0));
    }
}
