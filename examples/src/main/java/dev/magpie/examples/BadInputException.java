package dev.magpie.examples;

/** Something that the user can correct; its message is one line. */
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }
}
