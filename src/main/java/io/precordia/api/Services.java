package io.precordia.api;

import io.precordia.ingest.Ingest;
import io.precordia.ingest.Submission;
import io.precordia.model.Encoder;
import io.precordia.query.SearchRequest;
import io.precordia.query.SearchResult;
import io.precordia.store.InstanceRecord;
import io.precordia.store.OpaqueIds;
import io.precordia.store.RecordStore;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import java.util.List;

/** What the doors need of an opened data directory. Thread-safe. */
public interface Services {
  Ingest ingest();

  RecordStore records();

  OpaqueIds ids();

  /** The shared encoder; refuses with BUSY when its line is full. */
  Encoder encoder();

  /** What a file is, without keeping it; flagged rather than thrown when it cannot be read. */
  Decoded decode(Submission submission);

  /**
   * The kept content of an instance, decoded again.
   *
   * @throws io.precordia.error.PrecordiaException NOT_FOUND, or the reason why it cannot be decoded
   */
  Content content(InstanceRecord instance);

  /** One unit vector for an image or report, one for each window of an ECG. */
  List<float[]> embed(Content content);

  SearchResult search(SearchRequest request);
}
