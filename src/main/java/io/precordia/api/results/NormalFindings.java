package io.precordia.api.results;

/** Facts whose presence says that nothing is wrong; nobody needs to be shown where they are. */
final class NormalFindings {
  private NormalFindings() {}

  static boolean contains(String fact) {
    return fact.startsWith("normal-") || fact.equals("sinus-rhythm");
  }
}
