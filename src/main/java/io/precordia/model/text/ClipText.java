package io.precordia.model.text;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * {@code CLIPTextModel} (Radford et al. 2021): causal tower, pooled at the end-of-text token. The
 * first published configurations give that token the wrong id 2; with it the largest id of the row
 * is taken for the end, as the reference does.
 */
public final class ClipText implements TextModel {
  private static final int UNSET_END = 2;

  private final TextTower tower;
  private final int endId;

  private ClipText(TextTower tower, int endId) {
    this.tower = tower;
    this.endId = endId;
  }

  /**
   * @param config {@code CLIPTextConfig}, a file or a section
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static ClipText read(HubConfig config) {
    return new ClipText(
        new TextTower(TowerConfig.clip(config)), config.integer("eos_token_id", 49407));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    tower.declare(sink);
  }

  @Override
  public Tensor states(Forward f, TextBatch batch) {
    return tower.states(f, batch);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states, TextBatch batch) {
    int[] ends = new int[batch.ids().rows()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = end(batch.ids().flat(), i * batch.ids().length(), batch.ids().length());
    }
    return TokenPick.at(f.ops(), states, ends);
  }

  /** Index of the end within a row; 0 if there is none, as the reference's argmax has it. */
  private int end(int[] ids, int from, int length) {
    int best = 0;
    for (int i = 0; i < length; i++) {
      if (endId != UNSET_END && ids[from + i] == endId) {
        return i;
      }
      if (endId == UNSET_END && ids[from + i] > ids[from + best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public int maxTokens() {
    return tower.config().positions();
  }

  @Override
  public int padId() {
    return tower.config().padId();
  }

  @Override
  public int width() {
    return tower.config().layer().width();
  }
}
