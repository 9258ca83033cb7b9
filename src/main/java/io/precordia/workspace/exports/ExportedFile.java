package io.precordia.workspace.exports;

/**
 * A file that leaves.
 *
 * @param name safe as a file name; made of ids and UIDs, never of what a sender called it
 * @param mediaType RFC 6838
 */
public record ExportedFile(String name, String mediaType, byte[] bytes) {}
