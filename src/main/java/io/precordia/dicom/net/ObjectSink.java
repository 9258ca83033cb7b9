package io.precordia.dicom.net;

/** Where received objects go. Thread-safe. */
public interface ObjectSink {
  /**
   * Begins to take an object.
   *
   * @throws io.precordia.error.PrecordiaException BUSY, STORAGE_FULL, NOT_READY
   */
  Incoming begin();

  /**
   * {@link #begin()} of an object from a known AE.
   *
   * @param sender AE title of the peer that sends it, empty if it is not known
   */
  default Incoming begin(String sender) {
    return begin();
  }

  /** One object on its way; used by one thread. */
  interface Incoming extends AutoCloseable {
    /**
     * Takes the next bytes of the Part 10 file.
     *
     * @throws io.precordia.error.PrecordiaException TOO_LARGE, STORAGE_FULL, NOT_READY
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes it durable; when this returns, a crash loses nothing of it. Again the same object is no
     * error.
     *
     * @return false if another object with the same SOP Instance UID was kept before: this one is
     *     kept apart and not found by its UID
     * @throws io.precordia.error.PrecordiaException BUSY, STORAGE_FULL, NOT_READY
     */
    boolean commit(ObjectUids object);

    /** Forgets it unless it was committed. */
    @Override
    void close();
  }
}
