package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Finds the provider of a model folder and opens it. */
public final class ModelFolder {
  private ModelFolder() {}

  /**
   * @throws PrecordiaException BAD_WEIGHTS when the folder is missing, or no provider reads it, or
   *     it is damaged
   */
  public static Encoder open(Path folder) {
    if (!Files.isRegularFile(folder.resolve("config.json"))) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the model folder "
              + folder
              + " has no config.json; set precordia.model to a model folder");
    }
    for (EncoderProvider provider : ServiceLoader.load(EncoderProvider.class)) {
      if (provider.reads(folder)) {
        return provider.open(folder);
      }
    }
    throw new PrecordiaException(
        ErrorCode.BAD_WEIGHTS,
        "no loader of this program knows the model_type in " + folder.resolve("config.json"));
  }
}
