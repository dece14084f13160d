package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CrawlConfigTest {

    @Test
    void aHeaderTakesThePlaceOfOneOfItsName() {
        CrawlConfig config =
                CrawlConfig.builder()
                        .header("Accept-Language", "de")
                        .header("accept-language", "en")
                        .build();
        assertThat(config.headers())
                .containsEntry("accept-language", "en")
                .doesNotContainKey("Accept-Language");
    }

    @Test
    void aHeadersValueIsOneLine() {
        assertThatThrownBy(() -> CrawlConfig.builder().header("X-Odd", "a\r\nHost: b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value of X-Odd must be of Latin-1 and without control characters");
    }
}
