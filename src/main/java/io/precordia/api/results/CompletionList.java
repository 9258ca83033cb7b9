package io.precordia.api.results;

import java.util.List;

/** Studies in a state of completion, those whose last instance came first in front. */
public record CompletionList(List<CompletionView> studies) {}
