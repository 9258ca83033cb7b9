package io.precordia.dicom.net;

import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** The data sets of storage commitment (PS3.4 tables J.3-1 and J.3-2). */
final class Commitments {
  static final int REQUEST = 1;
  static final int SUCCESSFUL = 1;
  static final int FAILURES_EXIST = 2;
  private static final int MAX_OBJECTS = 100_000;

  private Commitments() {}

  static Attributes request(String transaction, List<ObjectUids> objects) {
    Attributes data = new Attributes();
    data.setString(Tag.TransactionUID, VR.UI, transaction);
    references(data, Tag.ReferencedSOPSequence, objects, 0);
    return data;
  }

  static Attributes result(
      String title, String transaction, List<ObjectUids> kept, List<ObjectUids> missing) {
    Attributes data = new Attributes();
    data.setString(Tag.TransactionUID, VR.UI, transaction);
    data.setString(Tag.RetrieveAETitle, VR.AE, title);
    if (!kept.isEmpty()) {
      references(data, Tag.ReferencedSOPSequence, kept, 0);
    }
    if (!missing.isEmpty()) {
      references(data, Tag.FailedSOPSequence, missing, StatusCode.NO_SUCH_OBJECT_INSTANCE);
    }
    return data;
  }

  private static void references(Attributes data, int tag, List<ObjectUids> objects, int failure) {
    Sequence sequence = data.newSequence(tag, objects.size());
    for (ObjectUids object : objects) {
      Attributes item = new Attributes();
      item.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClass());
      item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstance());
      if (failure != 0) {
        item.setInt(Tag.FailureReason, VR.US, failure);
      }
      sequence.add(item);
    }
  }

  static String transaction(Attributes data) throws DimseFailure {
    String uid = data.getString(Tag.TransactionUID);
    if (uid == null || !Uids.valid(uid.strip())) {
      throw new DimseFailure(
          StatusCode.MISSING_ATTRIBUTE, "Transaction UID is absent", Tag.TransactionUID);
    }
    return uid.strip();
  }

  static List<ObjectUids> references(Attributes data, int tag) throws DimseFailure {
    List<ObjectUids> objects = new ArrayList<>();
    Sequence sequence = data.getSequence(tag);
    if (sequence == null) {
      return objects;
    }
    if (sequence.size() > MAX_OBJECTS) {
      throw new DimseFailure(StatusCode.OUT_OF_RESOURCES, "too many references at once");
    }
    for (Attributes item : sequence) {
      String sopClass = item.getString(Tag.ReferencedSOPClassUID);
      String sopInstance = item.getString(Tag.ReferencedSOPInstanceUID);
      if (sopClass == null
          || sopInstance == null
          || !Uids.valid(sopClass)
          || !Uids.valid(sopInstance)) {
        throw new DimseFailure(
            StatusCode.INVALID_ARGUMENT_VALUE, "a reference has no SOP Class or Instance UID", tag);
      }
      objects.add(new ObjectUids(sopClass, sopInstance));
    }
    return objects;
  }
}
