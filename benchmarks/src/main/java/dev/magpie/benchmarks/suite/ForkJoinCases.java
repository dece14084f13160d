package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.cilksort.CilksortProblem;
import dev.magpie.benchmarks.fanout.FanOutProblem;
import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.integrate.IntegrateProblem;
import dev.magpie.benchmarks.matmul.MatmulProblem;
import dev.magpie.benchmarks.queens.QueensProblem;
import dev.magpie.benchmarks.skynet.SkynetProblem;
import dev.magpie.benchmarks.uts.Tree;
import dev.magpie.benchmarks.uts.UtsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Trees of tasks that fork and join. Stateless. */
final class ForkJoinCases {

    private ForkJoinCases() {}

    static List<Case> fib(Size size) {
        int number = size.pick(12, 32);
        FibProblem problem = new FibProblem(number);
        return List.of(
                Case.each(
                        "fib(" + number + "), a task a call",
                        "a call",
                        problem.calls(),
                        forked(() -> problem)));
    }

    static List<Case> queens(Size size) {
        int queens = size.pick(6, 11);
        QueensProblem problem = new QueensProblem(queens);
        String title = "n-queens(" + queens + "), a task a placement";
        return List.of(Case.whole(title, forked(() -> problem)));
    }

    static List<Case> uts(Size size) {
        Tree tree = size == Size.TINY ? Tree.T1S : Tree.T1;
        UtsProblem problem = new UtsProblem(tree);
        String title = String.format(Locale.ROOT, "UTS %s, %,d nodes", tree, tree.nodes());
        return List.of(Case.each(title, "a node", tree.nodes(), forked(() -> problem)));
    }

    static List<Case> integrate(Size size) {
        double epsilon = size == Size.TINY ? 1e6 : 1e-2;
        IntegrateProblem problem = new IntegrateProblem(epsilon);
        String title = "integral of (x^2 + 1) x, epsilon " + epsilon;
        return List.of(Case.whole(title, forked(() -> problem)));
    }

    private static List<Contender> forked(Supplier<Problem> problems) {
        List<Contender> contenders = new ArrayList<>(Solvers.forking(problems));
        contenders.add(Solvers.sequential(problems));
        return contenders;
    }

    static List<Case> skynet(Size size) {
        SkynetProblem problem = new SkynetProblem(size.pick(3, 6));
        List<Contender> contenders = new ArrayList<>(Solvers.forking(() -> problem));
        contenders.addAll(
                Solvers.virtual(
                        engine -> Solvers.trial(engine, problem.answer(), problem::byThreads)));
        contenders.add(Solvers.sequential(() -> problem));
        String title =
                String.format(Locale.ROOT, "skynet, %,d leaves, a task a node", problem.leaves());
        return List.of(Case.each(title, "a task", problem.nodes(), contenders));
    }

    static List<Case> fanOut(Size size) {
        FanOutProblem problem = new FanOutProblem(size.pick(1_000, 1_000_000));
        List<Contender> contenders = new ArrayList<>(Solvers.forking(() -> problem));
        Function<ExecutorEngine, Trial> submitting =
                engine -> Solvers.trial(engine, problem.answer(), problem::bySubmission);
        contenders.add(Solvers.fixed((engine, width) -> submitting.apply(engine)));
        contenders.addAll(Solvers.virtual(submitting));
        contenders.add(Solvers.sequential(() -> problem));
        String title =
                String.format(
                        Locale.ROOT, "fan-out, %,d empty tasks forked by one", problem.tasks());
        return List.of(Case.each(title, "a task", problem.tasks(), contenders));
    }

    static List<Case> cilksort(Size size) {
        CilksortProblem problem = new CilksortProblem(size.pick(20_000, 2_000_000));
        List<Contender> contenders =
                prepared(forked(() -> problem), problem::shuffle, problem::verify);
        String title = String.format(Locale.ROOT, "cilksort of %,d random ints", problem.answer());
        return List.of(Case.whole(title, contenders));
    }

    static List<Case> matmul(Size size) {
        int order = size.pick(64, 512);
        MatmulProblem problem = new MatmulProblem(order);
        List<Contender> contenders = new ArrayList<>(Solvers.forking(() -> problem));
        List<Callable<Long>> pieces = problem.pieces();
        contenders.add(
                Solvers.fixed(
                        (engine, width) ->
                                Solvers.trial(
                                        engine, problem.answer(), pool -> sum(pool, pieces))));
        contenders.add(Solvers.sequential(() -> problem));
        String title = "product of " + order + " x " + order + " doubles";
        return List.of(Case.whole(title, prepared(contenders, problem::clear, problem::verify)));
    }

    private static List<Contender> prepared(
            List<Contender> contenders, Runnable before, BooleanSupplier verify) {
        return contenders.stream().map(each -> prepared(each, before, verify)).toList();
    }

    private static Contender prepared(
            Contender contender, Runnable before, BooleanSupplier verify) {
        return new Contender(
                contender.name(),
                contender.leastWidth(),
                (width, pinning) ->
                        contender
                                .start(width, pinning)
                                .preparedBy(before)
                                .verifiedBy(() -> verify(contender.label(width), verify)));
    }

    private static void verify(String who, BooleanSupplier verify) {
        if (!verify.getAsBoolean()) {
            throw new WrongAnswerException(who + " left a wrong result");
        }
    }

    /** The sum of independent pieces. */
    static long sum(ExecutorService executor, List<Callable<Long>> pieces) {
        try {
            long sum = 0;
            for (Future<Long> result : executor.invokeAll(pieces)) {
                sum += result.get();
            }
            return sum;
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a piece failed", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }
}
