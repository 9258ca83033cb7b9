package io.precordia.api.view;

import io.precordia.study.ModelRef;
import java.util.List;

/** Embeddings in the order asked, with provenance. */
public record EmbeddingsAnswer(List<EmbeddingItem> items, int dimension, ModelRef model) {}
