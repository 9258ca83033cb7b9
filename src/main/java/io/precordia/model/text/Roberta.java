package io.precordia.model.text;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.TextModel;
import java.nio.file.Path;

/**
 * {@code RobertaModel} (Liu et al. 2019) and {@code XLMRobertaModel}: BERT whose positions start
 * behind the padding id and leave padding out.
 */
public final class Roberta {
  private Roberta() {}

  /**
   * Reads a folder with model_type {@code roberta} or {@code xlm-roberta}.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<TextModel> open(Path folder, HubConfig config) {
    return Bert.open(
        folder,
        config.modelType(),
        "roberta.",
        BertConfig.roberta(config),
        name -> name.startsWith("lm_head."));
  }
}
