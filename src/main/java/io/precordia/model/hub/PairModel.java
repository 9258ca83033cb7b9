package io.precordia.model.hub;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.tensor.Tensor;

/** Two towers that put images and texts into one space. Stateless. */
public interface PairModel extends Layer {
  VisionModel vision();

  TextModel text();

  /** Width of the common space. */
  int dimension();

  /** Image embeddings [n, dimension], each of unit length. */
  Tensor images(Forward f, Tensor pixels);

  /** Text embeddings [n, dimension], each of unit length. */
  Tensor texts(Forward f, TextBatch batch);

  /** Factor of the cosine in a logit, a single element. */
  Tensor logitScale(Forward f);

  /** Logits [images, texts] of unit embeddings: cosine · scale, plus a bias where there is one. */
  Tensor logits(Forward f, Tensor images, Tensor texts);
}
