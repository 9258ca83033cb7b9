package io.precordia.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.precordia.api.upload.RelatedUpload;
import io.precordia.api.upload.Upload;
import io.precordia.api.upload.UploadBudget;
import io.precordia.api.upload.UploadLimits;
import io.precordia.api.upload.UploadedFile;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Reads multipart bodies under the configured limits. */
@ApplicationScoped
public class Uploads {
  private final UploadLimits limits;
  private final UploadBudget budget;

  Uploads(PrecordiaConfig config, MeterRegistry registry) {
    this.limits =
        new UploadLimits(
            config.upload().maxRequest().asLongValue(),
            config.upload().maxFile().asLongValue(),
            config.upload().maxFiles());
    this.budget = new UploadBudget(config.upload().maxInFlight().asLongValue());
    Gauge.builder("precordia.upload.bytes", budget, UploadBudget::taken)
        .description("Bytes of uploads held in memory")
        .register(registry);
  }

  /** Reads a body; the caller closes the upload. */
  public Upload read(InputStream body, String contentType, Set<String> fields) {
    return Upload.read(body, contentType, limits, budget, fields);
  }

  /** Memory of one body that is no form; the caller closes it after the answer. */
  public UploadBudget.Share share() {
    return budget.share();
  }

  /** Begins to read a multipart/related body; the caller closes it. */
  public RelatedUpload related(InputStream body, String contentType) {
    return RelatedUpload.of(body, contentType, limits, budget);
  }

  /**
   * The files for a route that answers about all of them at once.
   *
   * @throws PrecordiaException INVALID_REQUEST when there is none, TOO_LARGE when one was over the
   *     limit
   */
  static List<Part> all(Upload upload) {
    if (upload.files().isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the form has no file; send one as a part with a filename");
    }
    if (upload.files().stream().anyMatch(UploadedFile::tooLarge)) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "a file is larger than precordia.upload.max-file allows");
    }
    return upload.files().stream().map(file -> new Part(file.name(), file.bytes())).toList();
  }
}
