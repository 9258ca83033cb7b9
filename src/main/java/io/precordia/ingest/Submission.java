package io.precordia.ingest;

import io.precordia.study.Identity;
import java.util.List;

/**
 * What belongs together and becomes one instance: usually one file; a WFDB header with its signal
 * files.
 *
 * @param parts at least one, the leading file (the header) first
 * @param identity what the sender knows (manifest row, form fields); its non-null values win over
 *     what the file says
 */
public record Submission(List<Part> parts, Identity identity) {
  public Submission {
    parts = List.copyOf(parts);
  }
}
