package io.precordia.api.view;

import io.precordia.study.ModelRef;
import java.util.List;

/** Zero-shot probabilities, most probable first, with provenance. */
public record ClassifyAnswer(String modality, List<LabelScore> labels, ModelRef model) {}
