package io.precordia.dicom.net;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryPage;
import java.util.List;

/** What this AE keeps, as its peers may ask for it. Thread-safe. */
public interface Archive {
  /** Matches of a query (PS3.4 C.4.1). */
  QueryPage query(DicomQuery query);

  /** Whether an object of this class is kept durably. */
  boolean holds(ObjectUids object);

  /** A kept object, without its bytes. */
  record Entry(ObjectUids object, String transferSyntax, String instance) {}

  /**
   * The objects that a retrieval asks for (PS3.4 C.4.2.1.4).
   *
   * @param level at which {@code uids} identify
   * @param uids Patient IDs, or Study, Series or SOP Instance UIDs
   */
  List<Entry> find(QueryLevel level, List<String> uids);

  /**
   * The Part 10 file of an entry, exactly as it came.
   *
   * @throws io.precordia.error.PrecordiaException NOT_FOUND if it was erased meanwhile
   */
  byte[] file(Entry entry);
}
