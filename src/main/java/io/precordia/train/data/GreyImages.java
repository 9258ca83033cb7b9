package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.ImageFileDecoder;
import io.precordia.study.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JPEG and PNG files of the training sets to grey values, by the decoder that the service uses. */
final class GreyImages {
  private GreyImages() {}

  static Pixels read(Path file) {
    try {
      return ImageFileDecoder.grey(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "an image named by the manifest cannot be read", e);
    }
  }
}
