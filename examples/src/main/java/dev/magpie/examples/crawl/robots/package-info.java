/**
 * The robots exclusion protocol (RFC 9309): fetching a robots.txt, and what it allows.
 *
 * <p>A {@link dev.magpie.examples.crawl.robots.RobotsTxt} is what was found, and may be stored; its
 * {@link dev.magpie.examples.crawl.robots.RobotsRules} are what it means to one crawler.
 */
@NullMarked
package dev.magpie.examples.crawl.robots;

import org.jspecify.annotations.NullMarked;
