package dev.magpie.sorting;

import java.io.IOException;

/**
 * A part of a file in memory. Filled and written by the {@link IoThread}, used by the thread that
 * sorts; handed over between them by futures.
 */
interface Block {

    /**
     * Reads as much of a part of a file as there is room for.
     *
     * @param file where to read
     * @param from the first byte
     * @param to the end of the part, after {@code from}
     * @return where the next block starts, after {@code from}; {@code to} if there is none
     * @throws IOException if reading fails or there is no room for a single record
     */
    long fill(ByteFile file, long from, long to) throws IOException;

    /**
     * Appends the whole content. It need not be there afterwards.
     *
     * @param file where to write
     * @throws IOException if writing fails
     */
    void write(ByteFile file) throws IOException;
}
