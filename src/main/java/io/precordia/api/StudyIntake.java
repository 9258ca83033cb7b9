package io.precordia.api;

import io.precordia.api.view.FlagView;
import io.precordia.api.view.ImportAnswer;
import io.precordia.api.view.ImportItem;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Outcome;
import io.precordia.ingest.Part;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands files to ingest and accounts for each. A file that is refused does not keep the others out.
 * Thread-safe.
 */
public final class StudyIntake {
  /** What one group of files got: a receipt, or the reason why it was refused. */
  private record Line(List<String> files, @Nullable Receipt receipt, @Nullable FlagView error) {}

  private final Ingest ingest;

  public StudyIntake(Ingest ingest) {
    this.ingest = ingest;
  }

  /**
   * Submissions accepted and refused, before anything is waited for: the bytes are no longer needed
   * after this.
   */
  public final class Accepted {
    private final List<Line> lines = new ArrayList<>();

    private Accepted() {}

    /** Notes a file that never got as far as ingest. */
    public void refuse(String file, FlagView error) {
      lines.add(new Line(List.of(file), null, error));
    }

    /** Takes one submission in, or notes why not. */
    public void take(Submission submission) {
      List<String> names = submission.parts().stream().map(Part::name).toList();
      try {
        lines.add(new Line(names, ingest.receive(submission), null));
      } catch (PrecordiaException e) {
        lines.add(new Line(names, null, FlagView.of(e.code(), String.valueOf(e.getMessage()))));
      }
    }

    /** Waits for processing and gives the account. */
    public ImportAnswer await(Duration atMost) {
      List<String> instances = new ArrayList<>();
      for (Line line : lines) {
        if (line.receipt() != null) {
          instances.add(line.receipt().instance());
        }
      }
      List<Outcome> outcomes = instances.isEmpty() ? List.of() : ingest.await(instances, atMost);
      List<ImportItem> items = new ArrayList<>();
      int next = 0;
      for (Line line : lines) {
        Receipt receipt = line.receipt();
        if (receipt != null) {
          items.add(ImportItem.of(line.files(), outcomes.get(next++), receipt.duplicate()));
        } else if (line.error() != null) {
          items.add(ImportItem.failed(line.files(), line.error()));
        }
      }
      return ImportAnswer.of(items);
    }
  }

  public Accepted begin() {
    return new Accepted();
  }

  /** Takes files in, grouped by what belongs together. */
  public Accepted accept(List<Part> files, Identity identity) {
    Accepted accepted = begin();
    for (List<Part> group : FileGroups.of(files)) {
      accepted.take(new Submission(group, identity));
    }
    return accepted;
  }
}
