package dev.magpie.benchmarks.uts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.uts.GeometricTree.Mean;
import dev.magpie.scheduler.Pinning;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UtsTest {

    private static final TreeShape SMALL = new BinomialTree(42, 50, 0.12, 8);

    @ParameterizedTest
    @EnumSource(
            value = Tree.class,
            names = {"T1", "T2", "T3", "T5"})
    void sampleTreesHaveTheirKnownSizes(Tree tree) {
        UtsProblem problem = new UtsProblem(tree);
        assertSize(problem.sequential(), problem.answer());
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void everyFrameworkCountsASmallTreeAlike(Framework framework) {
        UtsProblem sequential = new UtsProblem(SMALL, 0);
        UtsProblem problem = new UtsProblem(SMALL, sequential.sequential());
        assertThat(TreeSize.nodes(problem.answer())).isGreaterThan(100);
        for (int width : new int[] {1, 2, 4}) {
            try (Engine engine = framework.start(width, Pinning.NONE)) {
                assertSize(engine.solve(problem), problem.answer());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Framework.class,
            names = {"MAGPIE", "CHASELEV", "FORKJOIN"})
    void everyFrameworkCountsT1(Framework framework) {
        UtsProblem problem = new UtsProblem(Tree.T1);
        try (Engine engine = framework.start(2, Pinning.NONE)) {
            assertSize(engine.solve(problem), problem.answer());
        }
    }

    @Test
    void noChildrenBelowTheLimit() {
        GeometricTree shape = new GeometricTree(1, 4, 0, Mean.FIXED);
        assertThat(shape.children(shape.root())).isZero();
    }

    @Test
    void digestsAreThoseOfTheJdk() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        byte[] expected = digest.digest(ByteBuffer.allocate(20).putInt(16, 0x01020304).array());
        Node root = Node.root(0x01020304);
        assertThat(root.random()).isEqualTo(random(expected));
        byte[] child = digest.digest(ByteBuffer.allocate(24).put(expected).putInt(7).array());
        assertThat(root.child(7).random()).isEqualTo(random(child));
    }

    private static double random(byte[] state) {
        return (ByteBuffer.wrap(state).getInt(16) & 0x7fffffff) / 2147483648.0;
    }

    private static void assertSize(long actual, long expected) {
        assertThat(TreeSize.toString(actual)).isEqualTo(TreeSize.toString(expected));
    }
}
