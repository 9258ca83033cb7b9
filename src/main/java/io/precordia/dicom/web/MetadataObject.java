package io.precordia.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.BulkData;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/**
 * An object that comes as metadata with its bulk data beside it (PS3.18 10.5.2, 8.7.3): put
 * together as a Part 10 file. For one thread.
 */
public final class MetadataObject {
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final int DEEPEST = 32;
  private final Attributes data;
  private String syntax = EXPLICIT_LITTLE;

  private MetadataObject(Attributes data) {
    this.data = data;
  }

  /**
   * A value beside the metadata.
   *
   * @param transferSyntax of compressed pixel data, else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  public record Bulk(byte[] bytes, String transferSyntax) {}

  /**
   * The objects of an array in the DICOM JSON Model.
   *
   * @throws PrecordiaException MALFORMED
   */
  public static List<MetadataObject> json(byte[] json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      List<MetadataObject> out = new ArrayList<>();
      for (JsonNode node : root.isArray() ? root : List.of(root)) {
        out.add(new MetadataObject(read(node, 0)));
      }
      return out;
    } catch (IOException | RuntimeException e) {
      throw e instanceof PrecordiaException p
          ? p
          : new PrecordiaException(
              ErrorCode.MALFORMED, "the metadata are no DICOM JSON Model (PS3.18 Annex F)", e);
    }
  }

  /** The object of a Native DICOM Model in XML. */
  public static MetadataObject xml(byte[] xml) {
    return new MetadataObject(DicomXml.read(xml));
  }

  /** SOP Class UID, empty if absent. */
  public String sopClass() {
    return text(Tag.SOPClassUID);
  }

  /** SOP Instance UID, empty if absent. */
  public String sopInstance() {
    return text(Tag.SOPInstanceUID);
  }

  private String text(int tag) {
    String value = data.getString(tag);
    return value == null ? "" : value.strip();
  }

  /**
   * The object as a file.
   *
   * @param bulk values by the URI that the metadata name
   * @throws PrecordiaException MALFORMED if a value is missing or cannot be written
   */
  public byte[] file(Map<String, Bulk> bulk) {
    try {
      fill(data, bulk);
      data.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream out = new ImageOutputStream(bytes, EXPLICIT_LITTLE)) {
        out.writeDataset(data.createFileMetaInformation(syntax), data);
      }
      return bytes.toByteArray();
    } catch (IOException | RuntimeException e) {
      throw e instanceof PrecordiaException p
          ? p
          : new PrecordiaException(
              ErrorCode.MALFORMED, "an attribute of the metadata cannot be written", e);
    }
  }

  private void fill(Attributes item, Map<String, Bulk> bulk) {
    for (int tag : item.tags()) {
      Object value = item.getValue(tag);
      if (value instanceof Sequence items) {
        items.forEach(i -> fill(i, bulk));
      } else if (value instanceof BulkData link) {
        Bulk found = bulk.get(String.valueOf(link.getURI()));
        if (found == null) {
          throw new PrecordiaException(
              ErrorCode.MALFORMED, "the metadata name bulk data that did not come with them");
        }
        set(item, tag, found);
      }
    }
  }

  private void set(Attributes item, int tag, Bulk bulk) {
    VR vr = item.getVR(tag);
    boolean compressed =
        tag == Tag.PixelData
            && item.isRoot()
            && !bulk.transferSyntax().isEmpty()
            && !bulk.transferSyntax().startsWith("1.2.840.10008.1.2.1")
            && !bulk.transferSyntax().equals("1.2.840.10008.1.2");
    if (compressed) {
      syntax = bulk.transferSyntax();
      item.remove(tag);
      Fragments fragments = item.newFragments(tag, VR.OB, 2);
      fragments.add(new byte[0]);
      fragments.add(even(bulk.bytes()));
    } else {
      item.setBytes(tag, vr, even(bulk.bytes()));
    }
  }

  private static byte[] even(byte[] bytes) {
    return bytes.length % 2 == 0 ? bytes : java.util.Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static Attributes read(JsonNode object, int depth) {
    if (!object.isObject() || depth > DEEPEST) {
      throw malformed();
    }
    Attributes out = new Attributes();
    object
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().matches("[0-9A-Fa-f]{8}")) {
                throw malformed();
              }
              int tag = Integer.parseUnsignedInt(field.getKey(), 16);
              if (tag >>> 16 > 2) {
                element(out, tag, field.getValue(), depth);
              }
            });
    return out;
  }

  private static void element(Attributes out, int tag, JsonNode node, int depth) {
    VR vr = VR.valueOf(node.path("vr").asText("UN"));
    if (node.has("BulkDataURI")) {
      out.setValue(tag, vr, new BulkData(null, node.get("BulkDataURI").asText(), false));
    } else if (node.has("InlineBinary")) {
      out.setBytes(tag, vr, even(Base64.getDecoder().decode(node.get("InlineBinary").asText())));
    } else if (vr == VR.SQ) {
      Sequence items = out.newSequence(tag, 1);
      for (JsonNode item : node.path("Value")) {
        items.add(read(item, depth + 1));
      }
    } else if (node.path("Value").isEmpty()) {
      out.setNull(tag, vr);
    } else {
      values(out, tag, vr, node.get("Value"));
    }
  }

  private static void values(Attributes out, int tag, VR vr, JsonNode values) {
    int n = values.size();
    switch (vr) {
      case US, UL, SS, SL -> {
        int[] ints = new int[n];
        for (int i = 0; i < n; i++) {
          ints[i] = (int) values.get(i).asLong();
        }
        out.setInt(tag, vr, ints);
      }
      case AT -> {
        int[] tags = new int[n];
        for (int i = 0; i < n; i++) {
          tags[i] = Integer.parseUnsignedInt(values.get(i).asText(), 16);
        }
        out.setInt(tag, vr, tags);
      }
      case FL, FD -> {
        double[] doubles = new double[n];
        for (int i = 0; i < n; i++) {
          doubles[i] = values.get(i).asDouble(Double.parseDouble(values.get(i).asText("NaN")));
        }
        out.setDouble(tag, vr, doubles);
      }
      default -> {
        String[] strings = new String[n];
        for (int i = 0; i < n; i++) {
          strings[i] = vr == VR.PN ? name(values.get(i)) : values.get(i).asText("");
        }
        out.setString(tag, vr, strings);
      }
    }
  }

  private static String name(JsonNode node) {
    String joined =
        node.path("Alphabetic").asText("")
            + "="
            + node.path("Ideographic").asText("")
            + "="
            + node.path("Phonetic").asText("");
    return joined.replaceFirst("=+$", "");
  }

  private static PrecordiaException malformed() {
    return new PrecordiaException(
        ErrorCode.MALFORMED, "the metadata are no DICOM JSON Model (PS3.18 Annex F)");
  }
}
