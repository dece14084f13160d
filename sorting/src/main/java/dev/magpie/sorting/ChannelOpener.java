package dev.magpie.sorting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** How files are opened: by {@link FileChannel#open}, or by one that fails on purpose. */
@FunctionalInterface
interface ChannelOpener {

    /** Opens a file. */
    FileChannel open(Path path, OpenOption... options) throws IOException;
}
