package io.precordia.model.explain;

/**
 * Answer to "where did the model look for this text".
 *
 * @param score product of the content's unit vector and the query: a cosine, or a contrast of two
 * @param map where what speaks for the query lies
 */
public record Explanation(ExplanationMethod method, double score, RelevanceMap map) {}
