package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibActionProblem;
import dev.magpie.benchmarks.harness.Problem;
import picocli.CommandLine.Command;

/** {@code fib-action}: what a fork costs without boxed results. */
@Command(
        name = "fib-action",
        description = "The same as fib, with actions and a result field instead of boxed results.")
final class FibActionCommand extends ForkCommand {

    @Override
    Problem problem(int number) {
        return new FibActionProblem(number);
    }
}
