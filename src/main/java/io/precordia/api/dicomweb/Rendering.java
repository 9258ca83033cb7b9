package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.dicom.StoredObject;
import io.precordia.dicom.web.RenderedImage;
import io.precordia.ecg.EcgPaper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.catalogue.CatalogueEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.awt.image.BufferedImage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Pictures of objects: images by the grey chain, ECGs on paper. */
@ApplicationScoped
public class Rendering {
  private static final String PNG = "image/png";
  private static final String JPEG = "image/jpeg";
  private static final double PIXELS_PER_MM = 4;
  private final EngineHolder holder;

  /** A large image takes a hundred times its file in memory while it is rendered. */
  private final Semaphore slots = new Semaphore(4);

  Rendering(EngineHolder holder) {
    this.holder = holder;
  }

  /**
   * A frame as picture.
   *
   * @param frame number from 1
   */
  Response rendered(
      CatalogueEntry entry, int frame, RenderParameters how, @Nullable String accept) {
    boolean png = png(accept);
    slots.acquireUninterruptibly();
    try {
      BufferedImage image = picture(entry, frame, how);
      int[] region = how.region();
      if (region != null) {
        image = RenderedImage.cut(image, region[0], region[1], region[2], region[3]);
      }
      if (how.width() > 0) {
        image = RenderedImage.fit(image, how.width(), how.height());
      }
      return Response.ok(png ? RenderedImage.png(image) : RenderedImage.jpeg(image, how.quality()))
          .header(HttpHeaders.CONTENT_TYPE, png ? PNG : JPEG)
          .header("Cache-Control", "private, max-age=3600")
          .header("Vary", "Accept")
          .build();
    } finally {
      slots.release();
    }
  }

  /** Whether anything can be shown of an object without looking into it. */
  static boolean isPicture(CatalogueEntry entry) {
    return entry.header().bulk().stream()
        .anyMatch(b -> b.path().equals("7FE00010") || b.path().startsWith("54000100/"));
  }

  private BufferedImage picture(CatalogueEntry entry, int frame, RenderParameters how) {
    Workspace workspace = holder.engine().workspace();
    StoredObject object = StoredObject.parse(workspace.catalogue().file(entry));
    if (object.frames() > 0) {
      return object.picture(frame, how.window());
    }
    if (frame == 1 && workspace.records().decoded(entry.instance()).content() instanceof Ecg ecg) {
      return RenderedImage.read(EcgPaper.png(ecg, PIXELS_PER_MM));
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE, "this object has no picture; retrieve it as application/dicom");
  }

  private static boolean png(@Nullable String accept) {
    for (MediaRange range : MediaRange.parse(accept)) {
      if (range.takes(JPEG)) {
        return false;
      }
      if (range.takes(PNG)) {
        return true;
      }
    }
    throw new PrecordiaException(ErrorCode.NOT_ACCEPTABLE, "pictures are image/jpeg or image/png");
  }
}
