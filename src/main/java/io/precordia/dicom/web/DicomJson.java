package io.precordia.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.precordia.dicom.BulkElement;
import io.precordia.dicom.DicomHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/** Writes the DICOM JSON Model (PS3.18 Annex F) as an array of data sets. For one thread. */
public final class DicomJson implements AutoCloseable {
  private static final int CHARACTER_SET = 0x00080005;
  private final JsonGenerator json;

  /** Begins the array; the stream is flushed and left open at the end. */
  public DicomJson(OutputStream out) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartArray();
  }

  /** Adds a header, with a link for each value that it leaves out. */
  public void add(DicomHeader header, BulkLinks links) throws IOException {
    Map<String, Map<Integer, String>> bulk = new HashMap<>();
    for (BulkElement element : header.bulk()) {
      int slash = element.path().lastIndexOf('/');
      bulk.computeIfAbsent(
              element.path().substring(0, slash + 1), p -> new TreeMap<>(Integer::compareUnsigned))
          .put(
              Integer.parseUnsignedInt(element.path().substring(slash + 1), 16),
              element.vr() + links.url(element.path()));
    }
    write(header.attributes(), "", bulk);
  }

  /** Adds a data set. For the DICOM room only. */
  public void add(Attributes data) throws IOException {
    write(data, "", Map.of());
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.close();
  }

  private void write(Attributes data, String path, Map<String, Map<Integer, String>> bulk)
      throws IOException {
    json.writeStartObject();
    Map<Integer, String> links = new TreeMap<>(Integer::compareUnsigned);
    links.putAll(bulk.getOrDefault(path, Map.of()));
    for (int tag : data.tags()) {
      for (Map.Entry<Integer, String> link : List.copyOf(links.entrySet())) {
        if (Integer.compareUnsigned(link.getKey(), tag) < 0) {
          link(link.getKey(), link.getValue());
          links.remove(link.getKey());
        }
      }
      if ((tag & 0xffff) != 0) {
        element(data, tag, path, bulk);
      }
    }
    for (Map.Entry<Integer, String> link : links.entrySet()) {
      link(link.getKey(), link.getValue());
    }
    json.writeEndObject();
  }

  private void link(int tag, String vrAndUrl) throws IOException {
    json.writeObjectFieldStart(hex(tag));
    json.writeStringField("vr", vrAndUrl.substring(0, 2));
    json.writeStringField("BulkDataURI", vrAndUrl.substring(2));
    json.writeEndObject();
  }

  private void element(
      Attributes data, int tag, String path, Map<String, Map<Integer, String>> bulk)
      throws IOException {
    VR.Holder holder = new VR.Holder();
    Object value = data.getValue(tag, holder);
    VR vr = holder.vr == null ? VR.UN : holder.vr;
    json.writeObjectFieldStart(hex(tag));
    json.writeStringField("vr", vr.name());
    switch (value) {
      case Sequence items -> {
        if (!items.isEmpty()) {
          json.writeArrayFieldStart("Value");
          for (int i = 0; i < items.size(); i++) {
            write(items.get(i), path + hex(tag) + "/" + i + "/", bulk);
          }
          json.writeEndArray();
        }
      }
      case byte[] bytes when vr.isInlineBinary() -> {
        if (bytes.length > 0) {
          json.writeBinaryField("InlineBinary", bytes);
        }
      }
      case null -> {}
      default -> values(data, tag, vr);
    }
    json.writeEndObject();
  }

  private void values(Attributes data, int tag, VR vr) throws IOException {
    if (tag == CHARACTER_SET) {
      json.writeArrayFieldStart("Value");
      json.writeString("ISO_IR 192"); // JSON is UTF-8, whatever the object was in
      json.writeEndArray();
      return;
    }
    @Nullable Object @Nullable [] values = read(data, tag, vr);
    if (values == null || values.length == 0) {
      return;
    }
    json.writeArrayFieldStart("Value");
    for (Object value : values) {
      value(vr, value);
    }
    json.writeEndArray();
  }

  // A damaged value must not hide the rest of the object: it is shown as empty.
  private static @Nullable Object @Nullable [] read(Attributes data, int tag, VR vr) {
    try {
      return switch (vr) {
        case US, UL, SS, SL, AT -> box(data.getInts(tag));
        case FL, FD -> box(data.getDoubles(tag));
        default -> data.getStrings(tag);
      };
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static @Nullable Object @Nullable [] box(int @Nullable [] values) {
    return values == null ? null : java.util.Arrays.stream(values).boxed().toArray();
  }

  private static @Nullable Object @Nullable [] box(double @Nullable [] values) {
    return values == null ? null : java.util.Arrays.stream(values).boxed().toArray();
  }

  private void value(VR vr, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Integer number when vr == VR.AT -> json.writeString(hex(number));
      case Integer number when vr == VR.UL -> json.writeNumber(Integer.toUnsignedLong(number));
      case Integer number -> json.writeNumber(number);
      case Double number when Double.isFinite(number) ->
          json.writeNumber(vr == VR.FL ? Float.toString(number.floatValue()) : number.toString());
      case Double number -> json.writeString(number.toString());
      default -> text(vr, value.toString());
    }
  }

  private void text(VR vr, String value) throws IOException {
    if (vr == VR.PN) {
      name(value);
    } else if ((vr == VR.IS || vr == VR.DS) && value.strip().matches("[+-]?[0-9]{1,15}")) {
      json.writeNumber(Long.parseLong(value.strip()));
    } else if (vr == VR.DS
        && value
            .strip()
            .matches(
                "[+-]?(?:[0-9]{1,16}\\.?[0-9]{0,16}|\\.[0-9]{1,16})(?:[eE][+-]?[0-9]{1,3})?")) {
      json.writeNumber(new java.math.BigDecimal(value.strip()).toString());
    } else if (value.isEmpty()) {
      json.writeNull();
    } else {
      json.writeString(clean(value));
    }
  }

  private void name(String value) throws IOException {
    String[] groups = value.split("=", 3);
    String[] names = {"Alphabetic", "Ideographic", "Phonetic"};
    if (value.isBlank()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        json.writeStringField(names[i], clean(groups[i]));
      }
    }
    json.writeEndObject();
  }

  // An unpaired surrogate is not encodable; it can only come of a wrong character set.
  private static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return value
            .codePoints()
            .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return value;
  }

  static String hex(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }
}
