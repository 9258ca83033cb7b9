package io.precordia.api;

import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.ingest.Reception;
import io.precordia.ingest.StreamIngest;
import io.precordia.study.Identity;
import io.precordia.workspace.catalogue.DicomIntake;

/** Objects that come over the network go into the inbox as they come. Thread-safe. */
final class InboxSink implements ObjectSink {
  private final StreamIngest ingest;
  private final DicomIntake intake;

  InboxSink(StreamIngest ingest, DicomIntake intake) {
    this.ingest = ingest;
    this.intake = intake;
  }

  @Override
  public Incoming begin() {
    return begin("");
  }

  @Override
  public Incoming begin(String sender) {
    Reception reception = ingest.open();
    return new Incoming() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        reception.write(bytes, offset, length);
      }

      @Override
      public boolean commit(ObjectUids object) {
        return !intake.commit(
            reception,
            object.sopInstance(),
            sender.isEmpty() ? Identity.UNKNOWN : Identity.from(sender));
      }

      @Override
      public void close() {
        reception.close();
      }
    };
  }
}
