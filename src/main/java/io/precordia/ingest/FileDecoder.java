package io.precordia.ingest;

import io.precordia.study.Decoded;

/**
 * Decodes a submission of one kind. Hostile input ends as flags in the answer, not as an exception.
 */
@FunctionalInterface
public interface FileDecoder {
  Decoded decode(Submission submission);
}
