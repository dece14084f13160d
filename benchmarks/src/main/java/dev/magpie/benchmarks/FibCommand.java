package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Problem;
import picocli.CommandLine.Command;

/** {@code fib}: what a fork costs. */
@Command(
        name = "fib",
        description = "Fibonacci without a cut-off, a task per call: what a fork costs.")
final class FibCommand extends ForkCommand {

    @Override
    Problem problem(int number) {
        return new FibProblem(number);
    }
}
