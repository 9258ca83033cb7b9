package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of SOP classes and transfer syntaxes: name by UID, in the order of the file. */
public final class UidTable {
  private UidTable() {}

  /** Storage SOP classes of the standard, retired ones included. */
  public static Map<String, String> storageClasses() {
    return read("storage-sop-classes.txt");
  }

  /** Transfer syntaxes that objects are taken and given in. */
  public static Map<String, String> transferSyntaxes() {
    return read("transfer-syntaxes.txt");
  }

  private static Map<String, String> read(String resource) {
    Map<String, String> table = new LinkedHashMap<>();
    try (InputStream in = UidTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException();
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line ->
                  table.put(
                      line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a table of the program is missing", e);
    }
    return Collections.unmodifiableMap(table);
  }
}
