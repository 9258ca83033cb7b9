package io.precordia.api.upload;

/**
 * Bounds of one upload.
 *
 * @param requestBytes largest body
 * @param fileBytes largest single file
 * @param parts most files and fields
 */
public record UploadLimits(long requestBytes, long fileBytes, int parts) {
  /** Largest form field that is not a file. */
  public static final int FIELD_BYTES = 1 << 20;

  public UploadLimits {
    if (requestBytes < 1 || fileBytes < 1 || fileBytes > Integer.MAX_VALUE - 16L || parts < 1) {
      throw new IllegalArgumentException(
          "upload limits out of range: files may have at most 2 GiB");
    }
  }
}
