package dev.magpie.examples.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each lesson shows what it speaks of. */
@Timeout(300)
class LessonTest {

    static Stream<Lesson> lessons() {
        return Lesson.all().stream();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void showsWhatItSpeaksOf(Lesson lesson) throws InterruptedException {
        StringWriter shown = new StringWriter();
        Board board = new Board(new PrintWriter(shown, true));
        lesson.teach(board);
        assertThat(board.unseen()).as(shown.toString()).isEmpty();
        assertThat(shown.toString()).contains("The reason");
        assertThat(shown.toString().lines()).allMatch(line -> line.length() <= 110);
    }

    /** What a script orders comes out the same each time. */
    @RepeatedTest(100)
    void abaIsNoMatterOfLuck() throws InterruptedException {
        Board board = new Board(new PrintWriter(new StringWriter()));
        new AbaLesson().teach(board);
        assertThat(board.unseen()).isEmpty();
    }

    @Test
    void namesAreUnique() {
        List<String> names = lessons().map(Lesson::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
    }

    @Test
    void whatWasNotSeenIsTakenDown() {
        Board board = new Board(new PrintWriter(new StringWriter()));
        board.claim("this", true);
        board.claim("that", false);
        assertThat(board.unseen()).containsExactly("that");
    }

    @Test
    void aScriptKeepsItsOrderAndDrawsIt() throws InterruptedException {
        Script script = new Script("one", "two");
        StringBuilder order = new StringBuilder();
        new Actors()
                .add("two", () -> script.step(1, "second", () -> order.append('b')))
                .add(
                        "one",
                        () -> {
                            script.step(0, "first", () -> order.append('a'));
                            script.step(2, "third", () -> order.append('c'));
                        })
                .perform();
        assertThat(order).hasToString("abc");
        assertThat(script.picture().stream().map(line -> line.replaceAll(" +", " ")))
                .containsExactly("one two", "first |", "| second", "third |");
    }
}
