package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.FakeWeb.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** A random web of pages over hosts, and what can be reached in it. */
final class RandomWeb {

    private final int pages;
    private final int hosts;
    private final int[][] links;

    RandomWeb(int pages, int hosts, int degree, long seed) {
        this.pages = pages;
        this.hosts = hosts;
        Random random = new Random(seed);
        links = new int[pages][];
        for (int i = 0; i < pages; i++) {
            links[i] = random.ints(degree, 0, pages).toArray();
        }
    }

    String url(int page) {
        return "http://site" + page % hosts + ".com/p" + page;
    }

    void publish(FakeWeb web) {
        for (int i = 0; i < pages; i++) {
            String[] targets = new String[links[i].length];
            for (int j = 0; j < targets.length; j++) {
                targets[j] = url(links[i][j]);
            }
            web.page(url(i), Answer.html("<p>" + i + "</p>" + FakeWeb.links(targets)));
        }
    }

    Set<String> reachable() {
        Set<String> reached = new LinkedHashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        reached.add(url(0));
        while (!open.isEmpty()) {
            for (int target : links[open.remove()]) {
                if (reached.add(url(target))) {
                    open.add(target);
                }
            }
        }
        return reached;
    }
}
