package dev.magpie.examples;

import java.io.File;

/**
 * Begins a command when the end of its process has come so far that no file can be registered for
 * deletion any more, and works on those that were.
 */
final class SortAtExit {

    /** Deleting so many that are not there takes a second or so. */
    private static final int REGISTERED = 300_000;

    private SortAtExit() {}

    public static void main(String[] args) {
        File missing = new File(args[0], "missing");
        for (int i = 0; i < REGISTERED; i++) {
            new File(missing, String.valueOf(i)).deleteOnExit();
        }
        new Thread(() -> System.exit(0)).start();
        while (isRegistered(missing)) {
            Thread.onSpinWait();
        }
        String[] command = new String[args.length - 1];
        System.arraycopy(args, 1, command, 0, command.length);
        CommandLineRun run = CommandLineRun.of(command);
        System.out.print(run.err());
    }

    private static boolean isRegistered(File file) {
        try {
            file.deleteOnExit();
            return true;
        } catch (IllegalStateException ex) {
            return false;
        }
    }
}
