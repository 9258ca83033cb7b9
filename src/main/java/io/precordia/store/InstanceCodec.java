package io.precordia.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sealed columns: an instance's details as JSON, vectors as little-endian floats after their
 * dimension.
 */
final class InstanceCodec {
  /**
   * Windows in one row of the embedding table; keeps a row below H2's 1 MiB for 2,000 dimensions.
   */
  static final int WINDOWS_PER_ROW = 128;

  private static final int MAX_TEXT = 200_000;
  private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

  /**
   * What is sealed of an instance beside its vectors.
   *
   * @param joined as in {@link InstanceRecord}
   */
  record Details(
      Identity identity,
      @Nullable String text,
      List<Flag> flags,
      List<String> partNames,
      @Nullable String joined) {
    /** The details of an instance; a very long text is cut, its blob holds the whole. */
    static Details of(NewInstance instance) {
      String text = instance.text();
      return new Details(
          instance.identity(),
          text != null && text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text,
          instance.flags(),
          instance.partNames(),
          null);
    }

    /** The details of an instance that is kept. */
    static Details of(InstanceRecord r) {
      return new Details(r.identity(), r.text(), r.flags(), r.partNames(), r.joined());
    }

    Details flagged(List<Flag> other) {
      return new Details(identity, text, other, partNames, joined);
    }

    Details in(@Nullable String study) {
      return new Details(identity, text, flags, partNames, study);
    }

    /** Identifier of the study that it is in, null if nobody named one. */
    @Nullable String study() {
      return joined != null ? joined : identity.study();
    }
  }

  byte[] sealDetails(DataKey key, String id, String subject, Details details) {
    try {
      return key.seal(json.writeValueAsBytes(details), context("details", id, subject));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "an instance's details cannot be written");
    }
  }

  Details openDetails(DataKey key, String id, String subject, byte[] sealed) {
    try {
      return json.readValue(key.open(sealed, context("details", id, subject)), Details.class);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.CORRUPT_STORE,
          "an instance's details cannot be read; they may come from a newer version");
    }
  }

  byte[] sealVectors(
      DataKey key, String id, String subject, String model, int first, List<float[]> vectors) {
    int dimension = vectors.getFirst().length;
    ByteBuffer out =
        ByteBuffer.allocate(4 + 4 * dimension * vectors.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(dimension);
    for (float[] vector : vectors) {
      for (float v : vector) {
        out.putFloat(v);
      }
    }
    return key.seal(out.array(), context("vectors/" + model + "/" + first, id, subject));
  }

  List<float[]> openVectors(
      DataKey key, String id, String subject, String model, int first, byte[] sealed) {
    ByteBuffer in =
        ByteBuffer.wrap(key.open(sealed, context("vectors/" + model + "/" + first, id, subject)))
            .order(ByteOrder.LITTLE_ENDIAN);
    int dimension = in.getInt();
    List<float[]> vectors = new ArrayList<>();
    while (in.remaining() >= 4 * dimension) {
      float[] vector = new float[dimension];
      in.asFloatBuffer().get(vector);
      in.position(in.position() + 4 * dimension);
      vectors.add(vector);
    }
    return vectors;
  }

  byte[] sealHeader(DataKey key, String id, String subject, byte[] header) {
    return key.seal(header, context("dicom-header", id, subject));
  }

  byte[] openHeader(DataKey key, String id, String subject, byte[] sealed) {
    return key.open(sealed, context("dicom-header", id, subject));
  }

  private static byte[] context(String kind, String id, String subject) {
    return (kind + "/" + id + "/" + subject).getBytes(StandardCharsets.UTF_8);
  }
}
