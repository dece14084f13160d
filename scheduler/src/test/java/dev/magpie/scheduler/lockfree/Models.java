package dev.magpie.scheduler.lockfree;

import dev.magpie.scheduler.StressRuns;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** Bounds of the model checking of this package: a short form, and a long one. */
final class Models {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");

    private Models() {}

    static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(LONG ? 15 : 3)
                .invocationsPerIteration(LONG ? 1_500 : 250);
    }

    /** For what is broken on purpose: goes on until that is found, or for long. */
    static ModelCheckingOptions untilFound() {
        return modelChecking().iterations(100).invocationsPerIteration(LONG ? 10_000 : 1_000);
    }

    /** For what is lock-free: no call may depend on a thread that stands still. */
    static ModelCheckingOptions lockFree() {
        return modelChecking().checkObstructionFreedom(true);
    }

    static StressOptions stress() {
        return StressRuns.options()
                .actorsBefore(2)
                .actorsPerThread(4)
                .actorsAfter(2)
                .iterations(LONG ? 30 : 3)
                .invocationsPerIteration(LONG ? 3_000 : 300);
    }

    /** All interleavings of one scenario, up to a bound, such as that in which a flaw shows. */
    static ModelCheckingOptions scenario(
            Class<?> subject, String before, String first, String second, String after) {
        return new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(LONG ? 8_000 : 1_000)
                .minimizeFailedScenario(false)
                .addCustomScenario(
                        new ExecutionScenario(
                                actors(subject, before),
                                List.of(actors(subject, first), actors(subject, second)),
                                actors(subject, after),
                                null));
    }

    /** From calls such as "push:5 poll". */
    private static List<Actor> actors(Class<?> subject, String calls) {
        List<Actor> actors = new ArrayList<>();
        for (String call : calls.isEmpty() ? new String[0] : calls.split(" ")) {
            String[] parts = call.split(":");
            List<Integer> arguments = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                arguments.add(Integer.valueOf(parts[i]));
            }
            Method method =
                    Arrays.stream(subject.getMethods())
                            .filter(each -> each.getName().equals(parts[0]))
                            .filter(each -> each.getParameterCount() == arguments.size())
                            .findAny()
                            .orElseThrow();
            actors.add(new Actor(method, arguments));
        }
        return actors;
    }
}
