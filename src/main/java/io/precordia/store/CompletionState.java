package io.precordia.store;

/** Where a study is on its way to being complete. */
public enum CompletionState {
  /** Instances may still come; or the work of completion failed and is tried again. */
  OPEN,
  /** What is to be done at completion is done. A late instance opens it again. */
  COMPLETE,
  /** The work of completion failed again and again; a person has to start it again. */
  STUCK
}
