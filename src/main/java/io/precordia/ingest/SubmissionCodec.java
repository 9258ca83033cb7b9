package io.precordia.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A submission as bytes: what the inbox and the blob of an instance hold, sealed. Thread-safe. */
public final class SubmissionCodec {
  private static final int VERSION = 1;
  private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

  /**
   * Version, identity as JSON, then each part's name and bytes, every field after its 32-bit
   * length.
   */
  public byte[] encode(Submission submission) {
    try {
      byte[] identity = json.writeValueAsBytes(submission.identity());
      List<byte[]> names =
          submission.parts().stream().map(p -> p.name().getBytes(StandardCharsets.UTF_8)).toList();
      long size = 1 + 4L + identity.length + 4;
      for (int i = 0; i < names.size(); i++) {
        size += 8L + names.get(i).length + submission.parts().get(i).bytes().length;
      }
      ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).put((byte) VERSION);
      field(out, identity);
      out.putInt(names.size());
      for (int i = 0; i < names.size(); i++) {
        field(out, names.get(i));
        field(out, submission.parts().get(i).bytes());
      }
      return out.array();
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a submission cannot be written");
    }
  }

  /** The submission that {@link #encode} was given. */
  public Submission decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != VERSION) {
        throw new PrecordiaException(
            ErrorCode.CORRUPT_STORE,
            "a kept submission was written by a newer version of this program");
      }
      Identity identity = json.readValue(field(in), Identity.class);
      int count = in.getInt();
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = new String(field(in), StandardCharsets.UTF_8);
        parts.add(new Part(name, field(in)));
      }
      return new Submission(parts, identity);
    } catch (IOException | RuntimeException e) {
      throw e instanceof PrecordiaException p
          ? p
          : new PrecordiaException(ErrorCode.CORRUPT_STORE, "a kept submission cannot be read");
    }
  }

  private static void field(ByteBuffer out, byte[] value) {
    out.putInt(value.length).put(value);
  }

  private static byte[] field(ByteBuffer in) {
    byte[] value = new byte[in.getInt()];
    in.get(value);
    return value;
  }
}
