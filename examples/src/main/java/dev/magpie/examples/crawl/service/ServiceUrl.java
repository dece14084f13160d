package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.Urlfrontier.StringList;
import crawlercommons.urlfrontier.Urlfrontier.URLInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * A URL as the service keeps it.
 *
 * @param url the URL
 * @param key the queue that it waits in: its host
 * @param metadata what the crawler keeps with it
 */
public record ServiceUrl(String url, String key, Map<String, String> metadata) {

    /**
     * A URL with metadata that are copied.
     *
     * @param url the URL
     * @param key the queue
     * @param metadata what the crawler keeps with it
     */
    public ServiceUrl {
        metadata = Map.copyOf(metadata);
    }

    static ServiceUrl of(URLInfo info) {
        Map<String, String> metadata = new HashMap<>();
        info.getMetadataMap()
                .forEach(
                        (name, values) -> {
                            if (values.getValuesCount() > 0) {
                                metadata.put(name, values.getValues(0));
                            }
                        });
        return new ServiceUrl(info.getUrl(), info.getKey(), metadata);
    }

    URLInfo info(String crawlId) {
        URLInfo.Builder info = URLInfo.newBuilder().setUrl(url).setKey(key).setCrawlID(crawlId);
        metadata.forEach(
                (name, value) ->
                        info.putMetadata(name, StringList.newBuilder().addValues(value).build()));
        return info.build();
    }
}
