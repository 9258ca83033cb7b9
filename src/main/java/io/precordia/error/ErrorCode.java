package io.precordia.error;

/**
 * The closed list of error codes. A code is stable: clients may switch on {@link #id()}. The HTTP
 * status is what the REST door answers (RFC 9457); an instance that is kept but cannot be embedded
 * carries the same code as its flag.
 */
public enum ErrorCode {
  /** The request or option is malformed. */
  INVALID_REQUEST(400),
  /** A value is outside its allowed range. */
  INVALID_ARGUMENT(400),
  /** A configuration or recipe key is unknown or its value is invalid. */
  INVALID_CONFIGURATION(400),
  /** The question would look at everything that is kept; it must be narrowed. */
  TOO_COSTLY(400),
  /** The request comes from a page of another site. */
  FORBIDDEN(403),
  /** No such study, instance, subject, job or route. */
  NOT_FOUND(404),
  /** The route exists, but not for this HTTP method. */
  METHOD_NOT_ALLOWED(405),
  /** The answer does not exist in a media type that the client accepts. */
  NOT_ACCEPTABLE(406),
  /** The same identity exists with other content. */
  CONFLICT(409),
  /** A condition of the request does not hold; nothing was done. */
  PRECONDITION_FAILED(412),
  /** The upload, image or recording is larger than allowed. */
  TOO_LARGE(413),
  /** The file type is not one this service reads. */
  UNSUPPORTED_FORMAT(415),
  /** The DICOM transfer syntax has no decoder here. */
  UNSUPPORTED_TRANSFER_SYNTAX(422),
  /** A DICOM object or image of a kind that no encoder takes (CT, ultrasound, RT plan ...). */
  UNSUPPORTED_MODALITY(422),
  /** The model gives no attention and gradient, so there is nothing to explain it by. */
  NOT_EXPLAINABLE(422),
  /** A result of this program that came back; it is not analysed again. */
  OWN_RESULT(422),
  /** Vectors of modalities that different models serve cannot be compared. */
  DIFFERENT_SPACES(422),
  /** The file is empty. */
  EMPTY(422),
  /** The file ends before its content does. */
  TRUNCATED(422),
  /** The content contradicts its own format. */
  MALFORMED(422),
  /** Declared size would decompress to more than allowed. */
  DECOMPRESSION_LIMIT(422),
  /** The pixel data cannot be decoded. */
  PIXEL_DECODE_FAILED(422),
  /** An ECG names no lead that the 12-lead model knows. */
  NO_KNOWN_LEADS(422),
  /** An ECG lacks the sampling rate, gain or unit that it needs. */
  MISSING_CALIBRATION(422),
  /** An ECG is shorter than the shortest window that an encoder takes. */
  TOO_SHORT(422),
  /** A signal holds no finite sample. */
  NOT_FINITE(422),
  /** A report has no text. */
  NO_TEXT(422),
  /** Text cannot be decoded in its declared character set. */
  BAD_CHARSET(422),
  /** A later version of the report took its place, or its sender took it back. */
  SUPERSEDED(409),
  /** The identity (UID, name) is hostile or unusable. */
  BAD_IDENTITY(422),
  /**
   * The object cannot be de-identified safely under the profile asked for; nothing is given out.
   */
  NOT_DEIDENTIFIABLE(422),
  /** The queue is full; try again after the stated time. */
  BUSY(429),
  /** The client closed its connection before the answer; nobody reads this. */
  CANCELLED(499),
  /** The model is of a kind that does not continue texts. */
  NOT_GENERATIVE(422),
  /** A safetensors file or model folder is invalid. */
  BAD_WEIGHTS(422),
  /** The stored bytes do not authenticate: wrong master key or damaged file. */
  CORRUPT_STORE(500),
  /** The disk is full or not writable. */
  STORAGE_FULL(507),
  /** What is asked for does not fit the memory budget or a tenant's quota; nothing was loaded. */
  INSUFFICIENT_MEMORY(507),
  /** Another system cannot be reached, is busy, or the connection to it broke. */
  PEER_UNAVAILABLE(504),
  /** Another system refused what was asked of it. */
  PEER_REFUSED(502),
  /** The service is starting or stopping. */
  NOT_READY(503),
  /** A defect of this program. */
  INTERNAL(500);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** HTTP status code of the problem document. */
  public int status() {
    return status;
  }

  /** Stable text form: lower case with hyphens, for example {@code unsupported-format}. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The code with this {@link #id()}. */
  public static java.util.Optional<ErrorCode> ofId(String id) {
    return java.util.Arrays.stream(values()).filter(code -> code.id().equals(id)).findFirst();
  }
}
