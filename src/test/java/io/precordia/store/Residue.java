package io.precordia.store;

/** Searches bytes for a piece of bytes. */
public final class Residue {
  private Residue() {}

  public static boolean contains(byte[] all, byte[] piece) {
    outer:
    for (int i = 0; i + piece.length <= all.length; i++) {
      for (int j = 0; j < piece.length; j++) {
        if (all[i + j] != piece[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
