package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.deque.DequeLedger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Deque, submission queue and task, each alone under a model checker, and their mutants. They are
 * parts of the copy that {@link ModelWorld} makes, so that the mutants are of the engine itself.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@Timeout(900)
class PartsModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");
    private static final int INVOCATIONS = LONG ? 2_000 : 120;
    private static final int INVOCATIONS_OF_MUTANT = LONG ? 100_000 : 5_000;

    private enum Story {
        BUFFER_MOVES(DequeLedger.MovesUnderAThief.class),
        JOINS_PUBLIC(DequeLedger.JoinsWhatIsPublic.class),
        POPS_ALL(DequeLedger.PopsAll.class),
        STEALS_ALL(DequeLedger.StealsAll.class),
        TWO_RUNNERS(TaskScenarios.TwoRunners.class),
        TWO_WAITERS(TaskScenarios.TwoWaiters.class),
        FAILS(TaskScenarios.Fails.class),
        CANCEL_RACE(TaskScenarios.CancelRace.class),
        CANCEL_UNSTARTED(TaskScenarios.CancelUnstarted.class);

        private final Class<? extends Runnable> scenario;

        Story(Class<? extends Runnable> scenario) {
            this.scenario = scenario;
        }
    }

    private enum Mutant {
        TRUSTS_THE_BUFFER(Story.BUFFER_MOVES),
        LEAVES_THE_POP_BOUND(Story.JOINS_PUBLIC),
        TAKES_THE_LAST(Story.POPS_ALL),
        RECLAIMS_WITHOUT_DEMAND(Story.POPS_ALL),
        STEALS_WITHOUT_DEMAND(Story.STEALS_ALL),
        CLAIMS_UNASKED(Story.TWO_RUNNERS),
        REGISTERS_UNASKED(Story.TWO_WAITERS),
        COMPLETES_IN_SILENCE(Story.TWO_WAITERS),
        DROPS_FAILURES(Story.FAILS),
        CANCELS_UNASKED(Story.CANCEL_RACE),
        CANCELS_IN_SILENCE(Story.CANCEL_UNSTARTED);

        private final Story story;

        Mutant(Story story) {
            this.story = story;
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsUnderAllSchedulesTried(Story story) {
        ModelWorld.check(story.scenario, PoolFlaw.NONE, INVOCATIONS);
    }

    @ParameterizedTest
    @EnumSource
    void mutantIsFound(Mutant mutant) {
        assertFound(
                () ->
                        ModelWorld.check(
                                mutant.story.scenario,
                                PoolFlaw.valueOf(mutant.name()),
                                INVOCATIONS_OF_MUTANT));
    }

    // ---- operations at random

    private static ModelCheckingOptions random(int iterations, int invocations) {
        return new ModelCheckingOptions()
                .threads(3)
                .actorsBefore(3)
                .actorsPerThread(3)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .iterations(LONG ? 3 * iterations : iterations)
                .invocationsPerIteration(LONG ? 3 * invocations : invocations);
    }

    @Test
    void dequeGivesEachElementOnce() {
        ModelWorld.check(DequeLedger.class, PoolFlaw.NONE, random(6, 150));
    }

    @Test
    void twoThievesOfOneElementAreFound() {
        assertFound(
                () ->
                        ModelWorld.check(
                                DequeLedger.class, PoolFlaw.STEALS_UNASKED, random(100, 500)));
    }

    @Test
    void queueGivesEachTaskOnce() {
        ModelWorld.check(SubmissionLedger.class, PoolFlaw.NONE, random(6, 60));
    }

    @Test
    void twoConsumersOfTheQueueAreFound() {
        assertFound(
                () ->
                        ModelWorld.check(
                                SubmissionLedger.class,
                                PoolFlaw.CONSUMES_UNASKED,
                                random(100, 500)));
    }

    private static void assertFound(ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageMatching("(?s).*(has hung|failed).*");
    }
}
