package io.precordia.model.text;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.nn.Forward;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * {@code SiglipTextModel} (Zhai et al. 2023; SigLIP 2's fixed-resolution checkpoints are the same):
 * bidirectional tower, the last token through a linear head, whether it is padding or not.
 */
public final class SiglipText implements TextModel {
  private final TextTower tower;
  private final Linear head;

  private SiglipText(TextTower tower, int projection) {
    this.tower = tower;
    this.head = new Linear("text_model.head", tower.config().layer().width(), projection, true);
  }

  /**
   * @param config {@code SiglipTextConfig}, a file or a section
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static SiglipText read(HubConfig config) {
    TextTower tower = new TextTower(TowerConfig.siglip(config));
    return new SiglipText(tower, config.size("projection_size", tower.config().layer().width()));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    tower.declare(sink);
    head.declare(sink);
  }

  @Override
  public Tensor states(Forward f, TextBatch batch) {
    return tower.states(f, batch);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states, TextBatch batch) {
    return head.apply(f, TokenPick.last(f.ops(), states));
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

  @Override
  public int pooledWidth() {
    return Math.toIntExact(head.out());
  }

  @Override
  public boolean padsToMax() {
    return true;
  }
}
