package io.precordia.dicom;

import io.precordia.study.ObjectHeader;
import java.util.OptionalInt;
import org.aoju.bus.image.Tag;

/**
 * How many instances an object says that its study has: Number of Study Related Instances
 * (0020,1208), which archives put into what they send.
 */
public final class AnnouncedCount {
  private static final int MOST = 100_000;

  private AnnouncedCount() {}

  /** Empty if it does not say, or says it unusably. */
  public static OptionalInt of(ObjectHeader header) {
    int count = DicomHeader.decode(header.header()).number(Tag.NumberOfStudyRelatedInstances, 0);
    return count >= 1 && count <= MOST ? OptionalInt.of(count) : OptionalInt.empty();
  }
}
