package io.precordia.delivery;

import io.precordia.error.PrecordiaException;
import io.precordia.weights.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts objects into a folder as files named by their UID, each complete and fsynced before it
 * appears under its name. The same object again replaces the file by the same bytes.
 */
public final class FolderTransport implements Transport {
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z.-]{1,64}");
  private final Path folder;

  /**
   * @param folder made when it is missing
   */
  public FolderTransport(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<SendOutcome> send(List<OutgoingObject> objects) {
    List<SendOutcome> outcomes = new ArrayList<>();
    for (OutgoingObject object : objects) {
      outcomes.add(send(object));
    }
    return outcomes;
  }

  private SendOutcome send(OutgoingObject object) {
    if (!NAME.matcher(object.sopInstance()).matches() || object.sopInstance().startsWith(".")) {
      return new SendOutcome.Permanent("the object's identifier is no file name");
    }
    String suffix = object.mediaType().equals(OutgoingObject.DICOM) ? ".dcm" : ".hl7";
    try {
      Files.createDirectories(folder);
      AtomicFile.replace(
          folder.resolve(object.sopInstance() + suffix), file -> write(file, object.content()));
      return new SendOutcome.Sent();
    } catch (IOException | PrecordiaException e) {
      return new SendOutcome.Transient("the folder cannot be written");
    }
  }

  private static void write(FileChannel file, byte[] content) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(content);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }
}
