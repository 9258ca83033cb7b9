package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Ids that reveal nothing of what they stand for: the first 128 bits of HMAC-SHA-256 under a key of
 * the store, as 32 lower-case hex digits. The same input gives the same id in one store and an
 * unrelated one in another; every id is safe as a file name. Thread-safe.
 */
public final class OpaqueIds {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private final DataKey key;

  OpaqueIds(DataKey key) {
    this.key = key;
  }

  /** Whether the text has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * The id of an instance: by its content and by whom the sender says it is about, since two
   * patients may have the same report text.
   *
   * @param parts the bytes of each part in order
   * @param subject patient identifier given by the sender beside the content, or null
   * @param study study identifier given by the sender beside the content, or null
   */
  public String instance(List<byte[]> parts, @Nullable String subject, @Nullable String study) {
    return instanceOfDigests(
        parts.stream().map(part -> sha256().digest(part)).toList(), subject, study);
  }

  /**
   * {@link #instance} for content that is not in memory as a whole.
   *
   * @param parts digest of each part in order
   */
  public String instanceOfDigests(
      List<byte[]> parts, @Nullable String subject, @Nullable String study) {
    Mac mac = mac("instance");
    update(mac, subject);
    update(mac, study);
    for (byte[] part : parts) {
      update(mac, part);
    }
    return hex(mac);
  }

  /** A new SHA-256 (FIPS 180-4). */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "SHA-256 is not available on this Java runtime", e);
    }
  }

  /** The id of a patient by the identifier that files and senders use. */
  public String subject(String identifier) {
    return of("subject", identifier);
  }

  /**
   * The id of the synthetic subject of a study whose files name no patient: such files stay
   * together by study.
   */
  public String subjectOfStudy(String study) {
    return of("subject-of-study", study);
  }

  /** The id of the synthetic subject of an instance that names neither patient nor study. */
  public String subjectOfInstance(String instance) {
    return of("subject-of-instance", instance);
  }

  /**
   * The id of a study within its subject, so that the same accession number at two patients is two
   * studies.
   */
  public String study(String subjectId, String study) {
    return of("study", subjectId, study);
  }

  /** The id of the study of an instance that names none. */
  public String studyOfInstance(String instance) {
    return of("study-of-instance", instance);
  }

  /** The id of an order of a subject. */
  public String order(String subjectId, String number) {
    return of("order", subjectId, number);
  }

  /** The lookup key of an object identifier (SOP Instance UID). */
  public String object(String identifier) {
    return of("object", identifier);
  }

  /** The lookup key of a Study Instance UID, whoever the patient is. */
  public String studyUid(String uid) {
    return of("study-uid", uid);
  }

  /** The lookup key of a Series Instance UID. */
  public String seriesUid(String uid) {
    return of("series-uid", uid);
  }

  /** The lookup key of an accession number. */
  public String accession(String number) {
    return of("accession", number);
  }

  /** The lookup key of a Patient ID, whatever its issuer. */
  public String patientId(String number) {
    return of("patient-id", number);
  }

  /**
   * The lookup key of a business identifier.
   *
   * @param kind of what it identifies
   */
  String identifier(String kind, String value) {
    return of("identifier", kind, value);
  }

  /** The lookup key of a placer order number. */
  String placer(String number) {
    return of("placer", number);
  }

  /** The id of a note by what it is about. */
  public String note(String... about) {
    return of("note", about);
  }

  /** The lookup key of a sender's name. */
  String source(String name) {
    return of("source", name);
  }

  /** The id of the delivery of one object to one destination. */
  String delivery(String destination, String object) {
    return of("delivery", destination, object);
  }

  private String of(String domain, String... values) {
    Mac mac = mac(domain);
    for (String value : values) {
      update(mac, value);
    }
    return hex(mac);
  }

  private Mac mac(String domain) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
      update(mac, domain);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "HMAC-SHA-256 is not available on this Java runtime", e);
    }
  }

  private static void update(Mac mac, @Nullable String value) {
    if (value == null) {
      mac.update((byte) 0);
    } else {
      mac.update((byte) 1);
      update(mac, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  // Lengths go in before values, so that no two lists of values read the same.
  private static void update(Mac mac, byte[] value) {
    mac.update(ByteBuffer.allocate(4).putInt(value.length).flip());
    mac.update(value);
  }

  private static String hex(Mac mac) {
    return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), 16));
  }
}
