package io.precordia.model.explain;

/** Where the evidence for a query lies. All values are 0 or more; their scale has no meaning. */
public sealed interface RelevanceMap permits XrayRelevance, EcgRelevance {
  /** The same with values in [0, 1]; a map without any relevance stays zero. */
  RelevanceMap normalised();
}
