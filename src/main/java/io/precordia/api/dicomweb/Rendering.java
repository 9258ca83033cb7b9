package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.dicom.PresentationState;
import io.precordia.dicom.StoredObject;
import io.precordia.dicom.web.RenderedImage;
import io.precordia.ecg.EcgPaper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.catalogue.CatalogueEntry;
import io.precordia.workspace.catalogue.DicomCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Pictures of objects: images by the grey chain, ECGs on paper. */
@ApplicationScoped
public class Rendering {
  private static final String PNG = "image/png";
  private static final String JPEG = "image/jpeg";
  private static final double PIXELS_PER_MM = 4;
  private static final int NUMBER_OF_FRAMES = 0x00280008;
  private static final int MOST_FRAMES = 1000;
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
    return Response.ok(encoded(entry, frame, how, png))
        .header(HttpHeaders.CONTENT_TYPE, png ? PNG : JPEG)
        .header("Cache-Control", "private, max-age=3600")
        .header("Vary", "Accept")
        .build();
  }

  /**
   * Every frame of every object that has a picture, as parts in their order, or one alone where a
   * single picture is wanted and there is one only (PS3.18 10.4.3.3). Each part names its frame by
   * Content-Location.
   *
   * @param studies URL of the studies resource
   */
  Response all(
      List<CatalogueEntry> entries, RenderParameters how, @Nullable String accept, String studies) {
    record One(CatalogueEntry entry, int frame) {}
    List<One> pictures = new ArrayList<>();
    for (CatalogueEntry entry : entries) {
      if (!entry.conflicting() && isPicture(entry)) {
        int frames = Math.clamp(entry.header().number(NUMBER_OF_FRAMES, 1), 1, MOST_FRAMES);
        for (int frame = 1; frame <= frames; frame++) {
          pictures.add(new One(entry, frame));
        }
      }
    }
    if (pictures.isEmpty()) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "there is no picture here");
    }
    for (MediaRange range : MediaRange.parse(accept)) {
      boolean jpeg = range.takesParts(JPEG);
      if (jpeg || range.takesParts(PNG)) {
        String type = jpeg ? JPEG : PNG;
        return RelatedBody.of(
            type,
            pictures.stream()
                .map(
                    p ->
                        (RelatedBody.Part)
                            () ->
                                new RelatedBody.Content(
                                    type,
                                    Links.instance(studies, p.entry().header())
                                        + "/frames/"
                                        + p.frame()
                                        + "/rendered",
                                    encoded(p.entry(), p.frame(), how, !jpeg)))
                .toList());
      }
      if (pictures.size() == 1 && (range.takes(JPEG) || range.takes(PNG))) {
        return rendered(pictures.getFirst().entry(), 1, how, accept);
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "pictures are multipart/related; type=\"image/jpeg\" or \"image/png\"; a single one may also be image/jpeg or image/png");
  }

  private byte[] encoded(CatalogueEntry entry, int frame, RenderParameters how, boolean png) {
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
      return png ? RenderedImage.png(image) : RenderedImage.jpeg(image, how.quality());
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
    if (entry.header().sopClass().equals(PresentationState.GSPS)) {
      return presented(workspace.catalogue(), entry, frame, how);
    }
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

  /** The image that a presentation state is for, as it shows it. */
  private static BufferedImage presented(
      DicomCatalogue catalogue, CatalogueEntry entry, int frame, RenderParameters how) {
    if (how.window() != null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a presentation state has its own window");
    }
    PresentationState state = PresentationState.parse(catalogue.file(entry));
    CatalogueEntry image =
        state
            .image()
            .flatMap(uid -> catalogue.find(entry.header().study(), null, uid))
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "the image that the presentation state refers to is not kept here"));
    return state.show(catalogue.file(image), frame);
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
